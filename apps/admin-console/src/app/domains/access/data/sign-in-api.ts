import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { map, Observable } from 'rxjs';
import { Envelope } from '@matterline/contracts';

export type SignInStep = 'done' | 'totp';

interface SignInAnswer {
  readonly second_factor?: 'totp';
}

/** Source: docs/http-api.md#console-sign-in. */
@Injectable({ providedIn: 'root' })
export class SignInApi {
  private readonly http = inject(HttpClient);

  signIn(email: string, password: string): Observable<SignInStep> {
    return this.http
      .post<Envelope<SignInAnswer>>('/api/v1/auth/login', { email, password })
      .pipe(map((answer) => (answer.data.second_factor === 'totp' ? 'totp' : 'done')));
  }

  secondFactor(code: string): Observable<SignInStep> {
    return this.http.post<Envelope<unknown>>('/api/v1/auth/second-factor', { code }).pipe(map(() => 'done' as const));
  }

  /** Sets the password of an invited person. */
  acceptInvitation(token: string, password: string): Observable<void> {
    return this.http.post<Envelope<unknown>>('/api/v1/auth/invitation', { token, password }).pipe(map(() => undefined));
  }
}
