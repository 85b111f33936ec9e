import { inject } from '@angular/core';
import { ActivatedRoute, Params, Router } from '@angular/router';

/**
 * Gives a function that writes filters into the address: given members change (null removes), the rest stay, and the list
 * starts at page 1 again. Needs an injection context.
 */
export function updateQuery(): (change: Params) => void {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  return (change) => {
    void router.navigate([], {
      relativeTo: route,
      queryParams: { page: null, ...change },
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  };
}
