/** Who waits for the answer. Served in this order: a ringing phone, a person, inbound events, automatic sync, bulk. */
export type Lane = 'call' | 'person' | 'inbound' | 'automatic' | 'bulk';

export interface RateGateContext {
  readonly lane: Lane;
  readonly firmId: string;
  readonly signal?: AbortSignal;
}

/** How a request went. Without `sentAtMs` nothing was sent; without `status` no answer came. */
export interface RateSlotUse {
  readonly status?: number;
  readonly retryAfterMs?: number;
  /** By `performance.now()`: when it left this process, and when its answer was read or given up. */
  readonly sentAtMs?: number;
  readonly endedAtMs?: number;
}

/** Leave to send one request. Released exactly once, also when nothing was sent. */
export interface RateSlot {
  release(use: RateSlotUse): void | Promise<void>;
}

/** The gate lets nobody through for a while, because too many requests in a row got no answer. */
export class GateClosed extends Error {
  constructor(readonly retryAfterMs: number) {
    super('The gate is closed');
  }
}

/**
 * Port: the rate budget shared by all firms of an application. Smokeball allows about 5 requests/s per client id.
 * Source: docs/smokeball-api.md#throttling
 *
 * `acquire` resolves when a request may leave now. It rejects with the signal's reason (or any AbortError) when the wait was given up,
 * which the transport returns as `cancelled` with `sent: 'no'`, or with `GateClosed`, which it returns as `server_error` with the code `away`;
 * any other rejection is thrown on to the caller.
 */
export interface RateGate {
  acquire(context: RateGateContext): Promise<RateSlot>;
}
