import type { FastifyInstance } from 'fastify';
import { rawBody } from '../request-body';
import type { CasehugDesk } from './casehug-desk';
import { verifyNotification } from './verify-notification';

/**
 * `POST /casehug/notifications`: what Matterline tells CaseHug. Good signature 204, bad 401; both are kept and shown.
 * `GET /casehug/api/notifications?since=<seq>` lists them newest first, `DELETE` empties the list.
 */
export function notificationRoutes(scope: FastifyInstance, desk: CasehugDesk): void {
  scope.post('/casehug/notifications', (request, reply) => {
    const text = rawBody(request).toString('utf8');
    const verdict = verifyNotification(desk.receiver.secret(), text, request.headers);
    const body = parsed(text);
    const event = record(body) ?? {};
    const data = record(event['data']) ?? {};
    desk.notifications.add({
      received_at: new Date().toISOString(),
      webhook_id: String(request.headers['webhook-id'] ?? ''),
      id: textOf(event['id']),
      type: textOf(event['type']) || 'unreadable',
      matter_id: textOf(data['matter_id']) || null,
      created_at: textOf(event['created_at']),
      signature_ok: verdict.good,
      signature_problem: verdict.reason,
      body,
    });
    if (!verdict.good)
      return reply.code(401).send({ error: { code: 'unauthorized', message: verdict.reason, details: {} } });
    follow(desk, textOf(event['type']), data);
    return reply.code(204).send();
  });

  scope.get('/casehug/api/notifications', (request) => {
    const since = Number((request.query as { since?: string }).since ?? 0);
    return {
      notifications: desk.notifications.list().filter((entry) => entry.seq > since),
      receiver: desk.receiver.state(),
    };
  });

  scope.delete('/casehug/api/notifications', (_request, reply) => {
    desk.notifications.clear();
    return reply.code(204).send();
  });
}

/** What a verified notification changes at the desk: the status beside the matter, and that its link is worth asking for again. */
function follow(desk: CasehugDesk, type: string, data: Readonly<Record<string, unknown>>): void {
  const matterId = textOf(data['matter_id']);
  if (matterId === '') return;
  desk.live.outdate(matterId);
  if (type !== 'matter.status_changed') return;
  desk.book.noteStatus(matterId, textOf(data['status']), textOf(data['occurred_at']) || new Date().toISOString());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
