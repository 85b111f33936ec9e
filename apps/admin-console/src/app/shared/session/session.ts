import { DOCUMENT } from '@angular/common';
import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { computed, inject, Injectable, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { Envelope, Me } from '@matterline/contracts';
import { Problem } from '../api/problem';
import { readCookie } from '../api/read-cookie';
import { toProblem } from '../api/to-problem';
import { Action, may } from './may';

export type SessionState = 'signed_in' | 'signed_out' | 'unknown';

/** Who uses the console now. `unknown` means the server could not say, for example because it is starting. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly http = inject(HttpClient);
  private readonly document = inject(DOCUMENT);
  private readonly current = signal<Me | null>(null);
  private readonly failure = signal<Problem | null>(null);

  readonly me = this.current.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly firm = computed(() => this.current()?.firm);
  readonly role = computed(() => this.current()?.user.role);

  may(action: Action): boolean {
    return may(this.role(), action);
  }

  /** Asks the server once; without the cookie that comes with every session there is nothing to ask. */
  async ensure(): Promise<SessionState> {
    if (this.current()) return 'signed_in';
    if (!readCookie(this.document.cookie, 'csrf')) return 'signed_out';
    try {
      const answer = await firstValueFrom(this.http.get<Envelope<Me>>('/api/v1/auth/me'));
      this.current.set(answer.data);
      this.failure.set(null);
      return 'signed_in';
    } catch (thrown) {
      if (thrown instanceof HttpErrorResponse && thrown.status === 401) return 'signed_out';
      this.failure.set(toProblem(thrown));
      return 'unknown';
    }
  }

  async signOut(): Promise<void> {
    await firstValueFrom(this.http.post('/api/v1/auth/logout', null));
    this.forget();
  }

  forget(): void {
    this.current.set(null);
    this.failure.set(null);
  }
}
