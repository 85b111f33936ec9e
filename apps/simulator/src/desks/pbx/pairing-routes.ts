import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PBX_NOT_CONNECTED, type PbxLine } from './pbx-line';
import type { PbxSettings } from './pbx-settings';
import type { PbxTenants } from './pbx-tenants';
import { tenantIn } from './tenant-in';

type Params = { readonly extension: string };

/** One extension's pairing as its phone shows it: red cross or green check. */
interface ShownPairing {
  readonly extension: string;
  readonly name: string;
  readonly email: string;
  readonly paired: boolean;
  readonly since: string;
  readonly expires_at: string;
  readonly problem: string;
}

/**
 * `/pbx/api/pairings`: status of every extension; `GET …/{ext}/start` sends the browser on to Matterline's pairing page with a
 * fresh user token (a plain address, so that a click can open it as a window); `POST …/{ext}/start` gives that address as JSON; `DELETE` unpairs.
 */
export function pairingRoutes(scope: FastifyInstance, tenants: PbxTenants): void {
  const lineOf = (request: FastifyRequest): PbxLine => tenants.office(tenantIn(request)).desk.line;

  scope.get('/pbx/api/pairings', async (request) => {
    const extensions = tenants.find(tenantIn(request))?.extensions ?? [];
    return { pairings: await Promise.all(extensions.map((one) => pairing(lineOf(request), one))) };
  });

  scope.get('/pbx/api/pairings/:extension/start', async (request, reply) => {
    const { extension } = request.params as Params;
    const started = await startAddress(lineOf(request), tenants.find(tenantIn(request)), extension);
    if ('url' in started) return reply.redirect(started.url);
    return reply.code(502).type('text/plain; charset=utf-8').send(`Pairing could not start. ${started.problem}`);
  });

  scope.post('/pbx/api/pairings/:extension/start', async (request, reply) => {
    const { extension } = request.params as Params;
    const started = await startAddress(lineOf(request), tenants.find(tenantIn(request)), extension);
    return 'url' in started ? started : refused(reply, started.problem);
  });

  scope.delete('/pbx/api/pairings/:extension', async (request, reply) => {
    const { extension } = request.params as Params;
    const path = `/pairings/${encodeURIComponent(extension)}`;
    const answer = await lineOf(request).call({ method: 'DELETE', path });
    return answer.ok ? reply.code(204).send() : refused(reply, answer.problem);
  });
}

async function pairing(line: PbxLine, one: PbxSettings['extensions'][number]): Promise<ShownPairing> {
  const answer = await line.call({ method: 'GET', path: `/pairings/${encodeURIComponent(one.extension)}/status` });
  const body = (answer.ok ? answer.body : null) as Readonly<Record<string, unknown>> | null;
  return {
    extension: one.extension,
    name: one.name,
    email: typeof body?.['email'] === 'string' ? body['email'] : one.email,
    paired: body?.['paired'] === true,
    since: typeof body?.['since'] === 'string' ? body['since'] : '',
    expires_at: typeof body?.['expires_at'] === 'string' ? body['expires_at'] : '',
    problem: answer.problem,
  };
}

async function startAddress(
  line: PbxLine,
  settings: PbxSettings | undefined,
  extension: string,
): Promise<{ readonly url: string } | { readonly problem: string }> {
  if (settings === undefined) return { problem: PBX_NOT_CONNECTED };
  const answer = await line.call({ method: 'POST', path: `/pairings/${encodeURIComponent(extension)}/user-token` });
  const token = (answer.body as { token?: unknown } | null)?.token;
  if (typeof token !== 'string') return { problem: answer.problem || 'Matterline gave no user token.' };
  const query = new URLSearchParams({ extension, domain: settings.domain, t: token });
  const url = line.address(`/pair/start?${query.toString()}`);
  return url === undefined ? { problem: PBX_NOT_CONNECTED } : { url };
}

function refused(reply: FastifyReply, problem: string): FastifyReply {
  return reply.code(502).send({ error: { code: 'pairing_failed', message: problem, details: {} } });
}
