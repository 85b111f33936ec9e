/** One attempt to hand an event over. */
export interface DeliveryAttempt {
  readonly at: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The receiver's status; null when there was no answer. */
  readonly status: number | null;
  readonly error: string | null;
  readonly duration_ms: number;
}

/** One event on its way to one subscription, as `GET /_sim/deliveries` shows it. */
export interface Delivery {
  readonly seq: number;
  readonly id: string;
  readonly tenant: string;
  readonly account_id: string;
  readonly subscription_id: string;
  readonly type: string;
  readonly request_id: string;
  readonly url: string;
  readonly body: string;
  readonly state: 'waiting' | 'delivered' | 'failed' | 'dropped';
  readonly attempts: readonly DeliveryAttempt[];
}
