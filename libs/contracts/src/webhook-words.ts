/** `paused`: it failed too often and is asked now and then; `disabled`: it answered 410 and is told nothing more. */
export const WEBHOOK_STATES = ['active', 'paused', 'disabled'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** What becomes of one event at one address. */
export const DELIVERY_STATES = ['pending', 'running', 'delivered', 'held', 'cancelled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
