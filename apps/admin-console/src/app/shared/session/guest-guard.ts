import { inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';
import { Session } from './session';

/** The sign-in page is for those who are not signed in yet. */
export const guestGuard: CanActivateFn = async () => {
  const router = inject(Router);
  return (await inject(Session).ensure()) === 'signed_in' ? router.createUrlTree(['/']) : true;
};
