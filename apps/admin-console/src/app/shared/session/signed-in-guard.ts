import { inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';
import { Session } from './session';

/** Lets signed-in users pass and sends others to sign in, with the way back. A server that cannot say is shown by the shell. */
export const signedInGuard: CanActivateFn = async (_route, state) => {
  const router = inject(Router);
  if ((await inject(Session).ensure()) !== 'signed_out') return true;
  return router.createUrlTree(['/sign-in'], { queryParams: state.url === '/' ? {} : { return: state.url } });
};
