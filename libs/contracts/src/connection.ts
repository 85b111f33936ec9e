import { z } from 'zod';

export const REGIONS = ['us', 'au', 'uk'] as const;
export const ENVIRONMENTS = ['production', 'staging'] as const;
export const CONNECTION_STATES = ['not_configured', 'disconnected', 'connected', 'needs_reauth', 'degraded'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];
export const HOOK_STATES = ['active', 'missing', 'pending', 'disabled'] as const;
export type HookState = (typeof HOOK_STATES)[number];

export const statusPatchSchema = z.object({ settings: z.record(z.string(), z.unknown()) });
