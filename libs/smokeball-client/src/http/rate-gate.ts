/** Who waits for the answer. Served in this order: a ringing phone, a person, inbound events, automatic sync, bulk. */
export type Lane = 'call' | 'person' | 'inbound' | 'automatic' | 'bulk';

export interface RateGateContext {
  readonly lane: Lane;
  readonly firmId: string;
  readonly signal?: AbortSignal;
}

/** Leave to send one request. Released exactly once, also when nothing was sent (then without a status). */
export interface RateSlot {
  release(outcome: { readonly status?: number; readonly retryAfterMs?: number }): void | Promise<void>;
}

/**
 * Port: the rate budget shared by all firms of an application. Smokeball allows about 5 requests/s per client id.
 * Source: docs/smokeball-api.md#throttling
 *
 * `acquire` resolves when a request may leave now. It rejects with the signal's reason (or any AbortError) when the wait was given up,
 * which the transport returns as `cancelled` with `sent: 'no'`; any other rejection is thrown on to the caller.
 */
export interface RateGate {
  acquire(context: RateGateContext): Promise<RateSlot>;
}
