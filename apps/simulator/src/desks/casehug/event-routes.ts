import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { FormError } from '../form-error';
import { NotFoundError } from '../not-found-error';
import { jsonBody } from '../request-body';
import type { CasehugDesk } from './casehug-desk';
import type { DeskMatter } from './desk-matter';
import { EVENT_FLAWS } from './event-flaw';
import { clientEventData, documentEventData, matterEventData } from './event-payload';
import { SIGNATURE_SCHEMES } from './sign-event';

/** CaseHug's event types in the order of its list; `something.new` is none of them, as a later CaseHug may send one. */
export const EVENT_TYPES = [
  'webhook.test',
  'matter.created',
  'matter.updated',
  'matter.archived',
  'client.created',
  'document.uploaded',
  'document.approved',
  'document.rejected',
  'intake.completed',
  'intake.link.sent',
  'something.new',
] as const;

const TEST_DATA = { message: 'A test from the CaseHug desk.' };

const eventForm = z.object({
  /** `webhook.test` is about no matter. */
  matter_id: z.string().min(1).optional(),
  type: z.enum(EVENT_TYPES),
  scheme: z.enum(SIGNATURE_SCHEMES).default('stripe'),
  flaw: z.enum(EVENT_FLAWS).default('none'),
  /** The id of an event that was sent before: it goes out once more under the same id. */
  id: z.string().min(1).optional(),
});

/**
 * `POST /casehug/api/events {matter_id?, type, scheme?, flaw?, id?}` sends one event by itself and answers with the `Sending`:
 * header, signature and body as they went out, and Matterline's status, code, message and hint.
 */
export function eventRoutes(scope: FastifyInstance, desk: CasehugDesk): void {
  scope.get('/casehug/api/event-choices', () => ({
    types: EVENT_TYPES,
    schemes: SIGNATURE_SCHEMES,
    flaws: EVENT_FLAWS,
  }));

  scope.post('/casehug/api/events', async (request) => {
    const read = eventForm.safeParse(jsonBody(request));
    if (!read.success) throw FormError.of(read.error);
    const { matter_id: matterId, ...wish } = read.data;
    if (matterId === undefined) {
      if (wish.type !== 'webhook.test') throw new FormError('Make a matter first; this event is about the chosen one.');
      return { sending: await desk.sendTest({ ...wish, data: TEST_DATA }) };
    }
    const matter = desk.book.find(matterId);
    if (matter === undefined) throw new NotFoundError('matter');
    return { sending: await desk.sendOne(matter, { ...wish, data: dataOf(wish.type, matter) }) };
  });
}

function dataOf(type: (typeof EVENT_TYPES)[number], matter: DeskMatter): Readonly<Record<string, unknown>> {
  const [client] = matter.clients;
  if (type.startsWith('matter.')) return matterEventData(matter);
  if (type === 'client.created') {
    if (client === undefined) throw new FormError('This matter has no client yet.');
    return clientEventData(client);
  }
  if (type.startsWith('document.')) {
    const upload = matter.uploads.at(-1);
    if (upload === undefined) throw new FormError('This matter has no document yet. Upload one first.');
    return documentEventData(matter, upload, new Date().toISOString());
  }
  if (type === 'webhook.test') return TEST_DATA;
  return { matter: matterEventData(matter), client: client === undefined ? null : clientEventData(client) };
}
