import { z } from 'zod';
import type { Answer } from './answer';
import { CONNECTION_STATES, HOOK_STATES } from './connection-words';
import { timeSchema } from './time';

const time = () => timeSchema.nullable();
const names = () => z.array(z.string());

/** How a firm's connection really is, in one answer. Source: docs/http-api.md#connection-health. */
export const connectionHealthSchema = z.object({
  state: z.enum(CONNECTION_STATES),
  token: z.object({
    /** The consent, from which Smokeball counts. */
    connected_at: time(),
    /** The access token in use. */
    issued_at: time(),
    access_expires_at: time(),
    refresh_expires_at: time(),
    /** Until the consent ends, the day begun counted. */
    days_left: z.int().min(0).nullable(),
  }),
  subscription: z.object({
    state: z.enum(HOOK_STATES),
    id: z.string().nullable(),
    checked_at: time(),
    /** Events surely arrived up to then; null while it stands. */
    missing_since: time(),
    wanted: names(),
    held: names(),
  }),
  last_event_at: time(),
  last_reconcile_at: time(),
  scopes: z.object({
    /** Null when Smokeball’s token does not say. */
    granted: names().nullable(),
    needed: names(),
    missing: names(),
  }),
  rate_gate: z
    .object({
      /** Since when Smokeball has not answered; null while it does. */
      away_since: time(),
      asked_again_in_ms: z.int().min(0),
      /** 1, or more after refusals for too many calls: calls go out that much slower. */
      slowdown: z.number().min(1),
      /** The firm's operations that wait or are under way. */
      waiting: z.int().min(0),
    })
    .nullable(),
  test_event: z
    .object({
      id: z.string(),
      sent_at: timeSchema,
      received_at: time(),
      round_trip_ms: z.int().min(0).nullable(),
    })
    .nullable(),
});
export type ConnectionHealth = Answer<typeof connectionHealthSchema>;

/** A test event was asked for. Source: docs/http-api.md#connection-health. */
export const testEventSchema = z.object({ id: z.string() });
export type TestEvent = Answer<typeof testEventSchema>;
