import { Injectable, signal } from '@angular/core';
import { Problem } from '../api/problem';

export interface Notice {
  readonly id: number;
  readonly tone: 'ok' | 'bad';
  readonly text: string;
  readonly problem: Problem | null;
}

const GOOD_NEWS_MS = 6_000;

/** Short messages at the edge of the page. Good news leaves by itself; problems stay until they are dismissed. */
@Injectable({ providedIn: 'root' })
export class Notices {
  private readonly shown = signal<readonly Notice[]>([]);
  private next = 1;

  readonly all = this.shown.asReadonly();

  tell(text: string): void {
    const id = this.add({ tone: 'ok', text, problem: null });
    setTimeout(() => this.dismiss(id), GOOD_NEWS_MS);
  }

  /** `doing` is what could not be done, for example "The retry could not be started." */
  complain(doing: string, problem: Problem): void {
    this.add({ tone: 'bad', text: doing, problem });
  }

  dismiss(id: number): void {
    this.shown.update((all) => all.filter((notice) => notice.id !== id));
  }

  private add(notice: Omit<Notice, 'id'>): number {
    const id = this.next++;
    this.shown.update((all) => [...all.slice(-2), { ...notice, id }]);
    return id;
  }
}
