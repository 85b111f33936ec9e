import type { FastifyInstance } from 'fastify';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The settings hold keys and have no password, so `/_sim/…` answers only callers on the same machine. */
export function keepSettingsLocal(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/_sim/') || LOOPBACK.has(request.ip)) return;
    await reply.code(403).send({ error: { code: 'forbidden', message: 'Only from the same machine.', details: {} } });
  });
}
