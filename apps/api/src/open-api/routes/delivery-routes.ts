import { caseHugEventSchema } from '@matterline/contracts';
import { z } from 'zod';
import { jsonBody, one, type RouteDescription } from '../route-description';

/** Source: docs/http-api.md#casehug-events, docs/smokeball-api.md#webhooks. */
export const DELIVERY_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'POST /api/v1/integrations/casehug/events': {
    id: 'receiveCaseHugEvent',
    tag: 'deliveries',
    summary: 'CaseHug’s own webhook deliveries',
    description: 'The signature is the proof. A bad one and an unknown firm are the same 401.',
    security: ['casehug_signature'],
    body: jsonBody(caseHugEventSchema.extend({ created_at: z.iso.datetime({ offset: true }).optional() }).loose()),
    answers: { 202: one('Stored', 'Stored.'), 200: one('Stored', 'A repeat: it was stored before.') },
    errors: ['unauthorized', 'validation_error'],
  },
  'POST /hooks/smokeball/{hook_id}': {
    id: 'receiveSmokeballEvent',
    tag: 'deliveries',
    summary: 'Smokeball’s webhooks',
    description: 'The signature does not cover the body: nothing in it is believed, the record is read again.',
    security: ['smokeball_signature'],
    headers: {
      Timestamp: 'When it was signed; stale beyond the firm’s `tolerance_s`.',
      RequestId: 'By which the signature and our own calls know it.',
    },
    body: { isRequired: true, content: { 'application/json': { type: 'object' } } },
    answers: { 200: one('Stored', 'Stored, or a repeat.') },
    errors: ['bad_signature', 'stale_timestamp', 'not_found'],
  },
};
