export const BATCH_STATES = ['running', 'done', 'cancelled'] as const;
export type BatchState = (typeof BATCH_STATES)[number];
