/** Where a change came from; carried into the events that it causes. */
export interface Origin {
  readonly requestId: string;
  readonly source: 'API' | 'Smokeball';
  readonly userId: string | null;
}

/** One event as it is handed to the dispatcher; the payload is written with explicit nulls. */
export interface RaisedEvent {
  readonly type: string;
  readonly payload: unknown;
  readonly origin: Origin;
}
