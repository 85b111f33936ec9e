/** `received`: kept, not approved yet. The rest follow the operation that sends it. Source: docs/http-api.md#documents. */
export const DOCUMENT_STATES = ['received', 'pending', 'accepted', 'confirmed', 'failed'] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];
