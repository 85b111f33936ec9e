import { inject, Injectable, OnDestroy, signal } from '@angular/core';
import { Subject } from 'rxjs';
import { Change } from './change';
import { EVENT_SOURCE_FACTORY } from './event-source-factory';
import { parseChange } from './parse-change';

export type LiveState = 'off' | 'connecting' | 'live' | 'reconnecting';

const STREAM_URL = '/api/v1/console/stream';
/** The browser gives up after an HTTP error; we ask again ourselves. */
const REOPEN_AFTER_MS = 5_000;
const CLOSED = 2;

/** The one event stream of the console. Source: docs/http-api.md#console-stream. */
@Injectable({ providedIn: 'root' })
export class LiveStream implements OnDestroy {
  private readonly makeSource = inject(EVENT_SOURCE_FACTORY);
  private readonly seen = new Subject<Change>();
  private readonly status = signal<LiveState>('off');
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private broken = false;

  readonly changes = this.seen.asObservable();
  readonly state = this.status.asReadonly();

  open(): void {
    if (this.source) return;
    this.status.set(this.broken ? 'reconnecting' : 'connecting');
    const source = this.makeSource(STREAM_URL);
    source.addEventListener('open', () => this.opened());
    source.addEventListener('error', () => this.failed(source));
    source.addEventListener('change', (event) => this.received(event));
    this.source = source;
  }

  close(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
    this.broken = false;
    this.status.set('off');
  }

  ngOnDestroy(): void {
    this.close();
  }

  private opened(): void {
    this.status.set('live');
    if (this.broken) this.seen.next({ kind: 'everything', id: null });
    this.broken = false;
  }

  private failed(source: EventSource): void {
    this.broken = true;
    this.status.set('reconnecting');
    if (source.readyState !== CLOSED) return;
    this.source = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), REOPEN_AFTER_MS);
  }

  private received(event: MessageEvent): void {
    const change = parseChange(event.data);
    if (change) this.seen.next(change);
  }
}
