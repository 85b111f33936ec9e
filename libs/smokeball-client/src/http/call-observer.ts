import type { SmokeballFailureKind } from './call-result';

/** One HTTP exchange, without bodies and without personal data: fit for logs and metrics. */
export interface CallRecord {
  readonly method: string;
  /** The template, e.g. `/contacts/{id}`. */
  readonly route: string;
  readonly status: number | null;
  readonly requestId: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly outcome: 'ok' | SmokeballFailureKind;
}

/** Port: told of every exchange, a repeat after a token refresh included. What it throws is ignored. */
export interface CallObserver {
  onCall(record: CallRecord): void;
  /** The gate refused to take a slot back. The call's own result stands. */
  onReleaseError?(error: unknown): void;
}
