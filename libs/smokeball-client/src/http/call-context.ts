import type { RateGateContext } from './rate-gate';

/** What every call needs to know about its caller. */
export interface CallContext extends RateGateContext {
  /** Sent as `RequestId`; comes back in every webhook the call causes. A random UUID when absent. */
  readonly requestId?: string;
  /** For the exchange itself, not for the wait at the rate gate. Default 15 s. */
  readonly timeoutMs?: number;
  /** Awaited when the gate has admitted the call, right before it leaves; what it throws stops the call. */
  readonly beforeSend?: () => Promise<void>;
}
