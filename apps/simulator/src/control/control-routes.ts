import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppRecord } from '../auth/records';
import { dropSubscriptions, revokeGrant } from '../auth/grants';
import { ALL_SCOPES } from '../auth/scopes';
import { Refusal } from '../http/answer';
import { isTooDeep, TOO_DEEP } from '../http/json-depth';
import { jsonText } from '../http/json-text';
import type { ShapeError } from '../http/shape';
import { outsiderIn } from '../http/stranger';
import type { Tenant } from '../model/tenant';
import { readFields, requireFields, text, texts } from '../resources/read-input';
import type { ForcedOutcome } from '../webhooks/dispatcher';
import type { ResetOptions, World } from '../world';
import { AsUserError } from './as-user';
import { advanceClock } from './advance-clock';
import { bulkContacts } from './bulk-contacts';
import { checkFault } from './check-fault';
import { ControlError } from './control-error';
import { SwitchError } from './switch-board';
import { wholeNumber } from './whole-number';

interface ControlCall {
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer | undefined;
  readonly fileName: string | undefined;
  readonly reply: FastifyReply;
}

type Handler = (call: ControlCall) => unknown;

const SETTLE_KINDS: ReadonlySet<string> = new Set(['commit', 'index', 'number', 'ingest', 'error', 'deliver']);
const MOST_SETTLE_STEPS = 10_000;
const NOT_SETTLED = `Things still wait after ${MOST_SETTLE_STEPS} steps; POST /_sim/settle again, or POST /_sim/reset.`;
const MOST_FORCED = 1000;
const FORCED_OUTCOMES: readonly ForcedOutcome[] = ['fail', 'duplicate', 'reorder', 'drop'];

/** Mounts `/_sim/…`; README.md, "Control plane", lists it. */
export function registerControlRoutes(app: FastifyInstance, world: World): void {
  const route = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, handler: Handler): void => {
    app.route({
      method,
      url: `/_sim${path}`,
      exposeHeadRoute: false,
      onRequest: async (request, reply) => {
        const message = outsiderIn(request, world);
        return message === undefined ? undefined : reply.code(403).send({ message });
      },
      handler: async (request, reply) => answer(world, request, reply, handler),
    });
  };
  route('GET', '/health', () => ({ ok: true, validation: world.authority.report() }));
  route('GET', '/validation', () => ({
    ...world.authority.report(),
    findings: world.authority.findings(),
    operations: world.authority.operations(),
  }));
  route('POST', '/reset', ({ body }) => {
    world.reset(readReset(world, body));
    return { ok: true };
  });
  route('PUT', '/apps', putApp);
  route('GET', '/tenants', () => world.tenants().map((tenant) => ({ ...tenant })));
  route('GET', '/switches', () => world.switches());
  route('PATCH', '/switches', ({ body }) => world.setSwitches(body));
  route('GET', '/faults', () => world.faults());
  route('POST', '/faults', ({ body }) => world.addFault(checkFault(body, tenantNames(world))));
  route('DELETE', '/faults', () => (world.removeFaults(), { ok: true }));
  route('DELETE', '/faults/:id', ({ params: { id = '' } }) => {
    if (!world.faultBoard.has(id)) throw new ControlError(404, `There is no fault ${id}.`);
    world.removeFaults(id);
    return { ok: true };
  });
  route('GET', '/requests', ({ query }) => {
    const found = world.recorder.since(Number(query.get('since') ?? 0), query.get('tenant') ?? undefined);
    if (query.get('bodies') === '1') return found;
    return found.map(({ request_body: _request, response_body: _response, ...rest }) => rest);
  });
  route('GET', '/deliveries', ({ query }) => world.dispatcher.since(Number(query.get('since') ?? 0)));
  route('POST', '/deliveries/force', ({ body }) => {
    const outcome = FORCED_OUTCOMES.find((one) => one === body['outcome']);
    if (outcome === undefined) throw new ControlError(400, `outcome must be one of ${FORCED_OUTCOMES.join(', ')}.`);
    world.dispatcher.force(outcome, wholeNumber(body['count'] ?? 1, 'count', { least: 1, most: MOST_FORCED }));
    return { ok: true };
  });
  route('GET', '/clock', () => clockOf(world));
  route('POST', '/clock', async ({ body }) => {
    const jobs_run = await advanceClock(world, body['advance_ms']);
    return { ...clockOf(world), jobs_run };
  });
  route('POST', '/settle', settle);
  route('GET', '/:tenant/state', ({ params }) => world.state(tenantNamed(world, params['tenant']).info.name));
  route('GET', '/:tenant/files/:id/content', fileContent);
  route('POST', '/:tenant/as-user/contacts', ({ params, body }) => world.asUser.createContact(tenantOf(params), body));
  route('POST', '/:tenant/as-user/contacts/:id', ({ params, body }) =>
    world.asUser.updateContact(tenantOf(params), params['id'] ?? '', body),
  );
  route('POST', '/:tenant/as-user/matters', ({ params, body }) => world.asUser.createMatter(tenantOf(params), body));
  route('POST', '/:tenant/as-user/matters/:id', ({ params, body }) =>
    world.asUser.updateMatter(tenantOf(params), params['id'] ?? '', body),
  );
  route('POST', '/:tenant/as-user/matters/:id/files', addFile);
  route('POST', '/:tenant/bulk-contacts', ({ params, body }) =>
    bulkContacts(world, tenantNamed(world, params['tenant']), body['count']),
  );
  route('POST', '/:tenant/system-event', ({ params, body }) => {
    const origin = { requestId: world.random.uuid(), source: 'Smokeball' as const, userId: null };
    const type = text(body['type']) ?? 'mattertype.updated';
    const event = { type, payload: body['payload'] ?? {}, origin };
    world.dispatcher.raiseSystem(tenantOf(params), event, text(body['account_id']) ?? undefined);
    return { ok: true };
  });
  route('POST', '/:tenant/revoke', (call) => endGrants(call, 'revoke'));
  route('POST', '/:tenant/uninstall', (call) => endGrants(call, 'uninstall'));
  route('POST', '/:tenant/expire-tokens', (call) => endGrants(call, 'expire'));
}

async function answer(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  handler: Handler,
): Promise<FastifyReply> {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  const params = request.params as Record<string, string>;
  const fileName = request.headers['x-file-name'];
  const from = { world, params, query, fileName: typeof fileName === 'string' ? fileName : undefined, reply };
  try {
    const { body, bytes } = readBody(request);
    const result = await handler({ ...from, body, bytes });
    world.database.flush();
    return Buffer.isBuffer(result)
      ? reply.type('application/octet-stream').send(result)
      : reply.type('application/json').send(jsonText(result, { keepNulls: true }));
  } catch (error) {
    if (error instanceof ControlError) return reply.code(error.status).send({ message: error.message });
    if (error instanceof SwitchError) return reply.code(400).send({ message: error.message });
    if (error instanceof AsUserError) return reply.code(404).send({ message: error.message });
    if (error instanceof Refusal) return reply.code(error.answer.status).send({ message: sentenceOf(error) });
    throw error;
  }
}

/** The API would answer a problem document; the control plane says the same in one sentence. */
function sentenceOf({ answer: { body } }: Refusal): string {
  const { detail, errors = [] } = body as { readonly detail?: string; readonly errors?: readonly ShapeError[] };
  const flaws = errors.map(({ field, message }) => `${field}: ${message}`).join(' ');
  return flaws === '' ? (detail ?? 'The body is not valid.') : flaws;
}

function readBody(request: FastifyRequest): {
  readonly body: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer | undefined;
} {
  const bytes = Buffer.isBuffer(request.body) ? request.body : undefined;
  const isJson = request.headers['x-file-name'] === undefined;
  if (bytes === undefined || bytes.length === 0 || !isJson) return { body: {}, bytes };
  const sent = bytes.toString('utf8');
  if (isTooDeep(sent)) throw new ControlError(400, TOO_DEEP);
  try {
    const body = JSON.parse(sent) as unknown;
    if (typeof body === 'object' && body !== null && !Array.isArray(body))
      return { body: body as Record<string, unknown>, bytes };
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw new ControlError(400, 'A JSON object is required.');
}

/** `{tenant?, keep_connections?}`, or for everything also `{switches?, seed?}`. */
function readReset(world: World, body: ControlCall['body']): ResetOptions {
  const fields = readFields(body, { tenant: 'text', keep_connections: 'flag', switches: 'map', seed: 'whole' });
  const tenant = text(fields['tenant']) ?? undefined;
  if (tenant !== undefined) tenantNamed(world, tenant);
  const [switches, seed] = [fields['switches'], fields['seed']];
  if (tenant !== undefined && (switches !== undefined || seed !== undefined)) {
    throw new ControlError(400, 'Switches and a seed are for a reset of all tenants.');
  }
  return {
    tenant,
    keepConnections: fields['keep_connections'] === true,
    switches: (switches ?? {}) as Readonly<Record<string, unknown>>,
    seed: typeof seed === 'number' ? seed : undefined,
  };
}

function putApp({ world, body }: ControlCall): unknown {
  const tenant = tenantNamed(world, text(body['tenant']) ?? undefined);
  requireFields(body, ['client_id', 'api_key']);
  const isPublic = body['public'] === true;
  const app: AppRecord = {
    client_id: text(body['client_id']) ?? '',
    client_secret: isPublic ? null : text(body['client_secret']),
    api_key: text(body['api_key']) ?? '',
    redirect_uris: texts(body['redirect_uris']),
    public: isPublic,
    scopes: Array.isArray(body['scopes']) ? texts(body['scopes']) : ALL_SCOPES,
    private_accounts: Array.isArray(body['private_accounts']) ? texts(body['private_accounts']) : null,
    logout_uris: texts(body['logout_uris']),
  };
  if (!isPublic && app.client_secret === null) throw new ControlError(400, 'client_secret is required.');
  tenant.apps.put(app.client_id, app);
  return { ...app, client_secret: undefined, tenant: tenant.info.name };
}

function endGrants({ world, params, body }: ControlCall, how: 'revoke' | 'uninstall' | 'expire'): unknown {
  const tenant = tenantNamed(world, params['tenant']);
  const fields = readFields(body, { client_id: 'text', account_id: 'text' });
  const [clientId, accountId] = [text(fields['client_id']), text(fields['account_id'])];
  let grants = 0;
  for (const grant of [...tenant.grants.values()]) {
    const isMeant =
      (clientId ?? grant.clientId) === grant.clientId && (accountId ?? grant.accountId) === grant.accountId;
    if (!isMeant || grant.revoked) continue;
    grants += 1;
    if (how === 'expire') tenant.grants.put(grant.id, { ...grant, epoch: grant.epoch + 1 });
    else revokeGrant(world, tenant, grant);
  }
  if (how === 'uninstall') {
    dropSubscriptions(world, tenant, (subscription) => (clientId ?? subscription.clientId) === subscription.clientId);
  }
  return { grants };
}

function fileContent({ world, params, query }: ControlCall): unknown {
  const id = params['id'] ?? '';
  const firm = tenantNamed(world, params['tenant']).firmWith((candidate) => candidate.files.get(id) !== undefined);
  const versions = firm?.files.get(id)?.versions ?? [];
  const versionId = query.get('versionId');
  const version =
    versionId === null ? versions[versions.length - 1] : versions.find((known) => known.versionId === versionId);
  const bytes = version === undefined ? undefined : world.blobs.get(version.sha256);
  if (bytes === undefined) throw new ControlError(404, `There is no content of file ${id}.`);
  return bytes;
}

/** JSON `{fileName, content_base64, fileId?}`, or the bare bytes with the name in `X-File-Name`. */
function addFile({ world, params, body, bytes, fileName, query }: ControlCall): unknown {
  const encoded = text(body['content_base64']);
  const content = encoded === null ? bytes : Buffer.from(encoded, 'base64');
  const name = text(body['fileName']) ?? (fileName === undefined ? null : decodeURIComponent(fileName));
  if (content === undefined || name === null) throw new ControlError(400, 'fileName and content_base64 are required.');
  const fileId = text(body['fileId']) ?? query.get('fileId') ?? undefined;
  return world.asUser.addFile(tenantOf(params), params['id'] ?? '', { fileName: name, content, fileId });
}

/** Moves the clock until nothing waits to become visible or to be delivered; 500 when that does not come to an end. */
async function settle({ world }: ControlCall): Promise<unknown> {
  let steps = 0;
  await world.moveClock(0);
  for (let nextMs = world.scheduler.nextOf(SETTLE_KINDS); nextMs !== undefined && steps < MOST_SETTLE_STEPS;) {
    steps += 1;
    await world.moveClock(Math.max(0, nextMs - world.clock.now()));
    nextMs = world.scheduler.nextOf(SETTLE_KINDS);
  }
  if (world.scheduler.nextOf(SETTLE_KINDS) !== undefined) throw new ControlError(500, NOT_SETTLED);
  return { ...clockOf(world), steps };
}

function clockOf(world: World): { readonly now: string; readonly offset_ms: number; readonly pending_jobs: number } {
  return { now: world.clock.iso(), offset_ms: world.clock.offset(), pending_jobs: world.scheduler.pending() };
}

function tenantOf(params: Readonly<Record<string, string>>): string {
  return params['tenant'] ?? '';
}

function tenantNames(world: World): readonly string[] {
  return world.tenants().map(({ name }) => name);
}

function tenantNamed(world: World, name: string | undefined): Tenant {
  const tenant = world.findTenant(name ?? '');
  if (tenant === undefined) throw new ControlError(404, `There is no tenant ${name ?? ''}.`);
  return tenant;
}
