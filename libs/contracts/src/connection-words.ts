export const REGIONS = ['us', 'au', 'uk'] as const;
export const ENVIRONMENTS = ['production', 'staging'] as const;

/** How a firm stands with Smokeball. Source: docs/http-api.md#connection. */
export const CONNECTION_STATES = ['not_configured', 'disconnected', 'connected', 'needs_reauth', 'degraded'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** How our registration for Smokeball's webhooks stands. */
export const HOOK_STATES = ['active', 'missing', 'pending', 'disabled'] as const;
export type HookState = (typeof HOOK_STATES)[number];
