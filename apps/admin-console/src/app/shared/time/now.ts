import { DestroyRef, inject, Injectable, signal } from '@angular/core';

/** Short, or what has just come in would stand in the future. */
const TICK_MS = 5_000;

/** The present moment in milliseconds, refreshed often enough for "3 min ago". */
@Injectable({ providedIn: 'root' })
export class Now {
  private readonly instant = signal(Date.now());
  readonly ms = this.instant.asReadonly();

  constructor() {
    const timer = setInterval(() => this.instant.set(Date.now()), TICK_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
