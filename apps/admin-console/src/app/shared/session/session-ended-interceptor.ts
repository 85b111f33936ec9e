import { HttpErrorResponse, HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { catchError, throwError } from 'rxjs';
import { LiveStream } from '../live/live-stream';
import { Session } from './session';

/** A 401 from the sign-in calls themselves is an answer about the credentials, not the end of a session. */
const SIGN_IN_CALLS = '/api/v1/auth/';

/** A session that ended sends the user to sign in, and from there back to where they were. */
export const sessionEndedInterceptor: HttpInterceptorFn = (request, next) => {
  const router = inject(Router);
  const session = inject(Session);
  const live = inject(LiveStream);
  return next(request).pipe(
    catchError((thrown: unknown) => {
      const ended =
        thrown instanceof HttpErrorResponse && thrown.status === 401 && !request.url.startsWith(SIGN_IN_CALLS);
      if (ended) {
        session.forget();
        live.close();
        const here = router.url;
        if (!here.startsWith('/sign-in')) {
          void router.navigate(['/sign-in'], { queryParams: { return: here, ended: 1 } });
        }
      }
      return throwError(() => thrown);
    }),
  );
};
