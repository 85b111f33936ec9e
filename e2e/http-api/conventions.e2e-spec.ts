import { aClient, aMatter } from '../support/a-matter';
import { askDatabase } from '../support/database';
import { call, type CallOptions, type Parsed } from '../support/http';
import { newId } from '../support/new-id';
import { openWorld, type World, WORLD_MS } from '../support/world';

const SYNC = '/api/v1/integrations/smokeball/sync';
const MEGABYTE = 1024 * 1024;

/** Every service route, with a body that would do. */
const SERVICE_ROUTES: readonly [string, string, string][] = [
  ['PUT', '/api/v1/matters/mat_x', 'matters:write'],
  ['GET', '/api/v1/matters/mat_x', 'matters:read'],
  ['GET', '/api/v1/matters', 'matters:read'],
  ['POST', '/api/v1/matters/mat_x/documents', 'documents:write'],
  ['GET', '/api/v1/matters/mat_x/documents', 'matters:read'],
  ['POST', SYNC, 'sync:write'],
  ['GET', SYNC, 'sync:read'],
  ['GET', `${SYNC}/op_x`, 'sync:read'],
  ['POST', `${SYNC}/op_x/retry`, 'sync:write'],
  ['POST', `${SYNC}/retry`, 'sync:write'],
  ['GET', `${SYNC}/batches/bat_x`, 'sync:read'],
  ['POST', `${SYNC}/batches/bat_x/cancel`, 'sync:write'],
  ['GET', `${SYNC}/batches/bat_x/results`, 'sync:read'],
  ['GET', '/api/v1/integrations/smokeball/status', 'sync:read'],
  ['PATCH', '/api/v1/integrations/smokeball/status', 'sync:write'],
  ['POST', '/api/v1/webhooks', 'webhooks:write'],
  ['GET', '/api/v1/webhooks', 'webhooks:write'],
  ['DELETE', '/api/v1/webhooks/wh_x', 'webhooks:write'],
  ['POST', '/api/v1/webhooks/wh_x/test', 'webhooks:write'],
];
const OTHERS = ['GET /api/v1/integrations/smokeball/connect', 'GET /api/v1/integrations/smokeball/callback', 'POST /api/v1/integrations/smokeball/disconnect', 'POST /hooks/smokeball/{}', 'POST /api/v1/integrations/casehug/events', 'POST /api/v1/auth/login', 'GET /api/v1/auth/me', 'POST /api/v1/auth/logout', 'GET /health/live', 'GET /health/ready', 'GET /metrics', 'POST /api/v1/vodia/{}/call-events', 'GET /api/v1/vodia/{}/lookup', 'POST /api/v1/vodia/{}/webhook/{}', 'POST /api/v1/vodia/{}/cdr', 'GET /api/v1/vodia/{}/pair/start', 'GET /api/v1/vodia/{}/pairings/{}/status', 'DELETE /api/v1/vodia/{}/pairings/{}', 'PUT /api/v1/vodia/{}/config', 'PUT /api/v1/vodia/{}/extensions', 'POST /api/v1/vodia/{}/pairings/{}/user-token', 'GET /api/v1/vodia/{}/agents/{}/events']; // prettier-ignore

describe('conventions of the HTTP interface', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()), WORLD_MS);
  afterAll(async () => world?.product.stop(), 60_000);

  const api = (method: string, path: string, options?: CallOptions) => world.firm.api(method, path, options);
  const open = (method: string, path: string, options?: CallOptions) =>
    call(method, `${world.product.apiUrl}${path}`, options);
  const count = async (table: string) =>
    Number((await askDatabase<{ count: string }>(world.product, `select count(*) from ${table}`))[0]?.count);
  const fields = (body: Parsed) => (body.error.details.fields as Parsed[]).map(({ field }) => field as string).sort();

  it.each([
    ['a uuid', '6f2b0a8e-8a50-4f43-9a4c-0d3e5b6a7c81', true],
    ['words', 'intake:42_retry.1', true],
    ['128 characters', 'x'.repeat(128), true],
    ['129 characters', 'x'.repeat(129), false],
    ['a blank', 'two words', false],
    ['brackets', '<script>', false],
  ])('answers with the caller’s X-Request-Id: %s', async (_what, id, isKept) => {
    for (const path of ['/health/live', '/api/v1/matters', '/nothing/here']) {
      const answer = await open('GET', path, { headers: { 'x-request-id': id } });
      const given = answer.headers.get('x-request-id') ?? '';
      if (isKept) expect(given).toBe(id);
      else expect(given).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it.each(SERVICE_ROUTES)('%s %s needs a key', async (method, path) => {
    const wrong: Record<string, string>[] = [
      {},
      { 'x-api-key': '' },
      { 'x-api-key': 'ml_live_wrong' },
      { 'x-api-key': 'x'.repeat(4000) },
    ];
    for (const headers of wrong) {
      const answer = await open(method, path, { headers });
      expect([answer.status, answer.body.error.code]).toEqual([401, 'unauthorized']);
    }
  });

  it.each(['/api/v1/nothing', '/api/nothing', '/hooks/nothing', '/api/v1/matters/a/b/c', '/health/dead'])(
    'answers 404 in JSON at %s',
    async (path) => {
      const answer = await api('GET', path);
      expect([answer.status, answer.body.error.code]).toEqual([404, 'not_found']);
      expect(answer.headers.get('content-type')).toContain('application/json');
      expect(answer.body.error).toEqual({ code: 'not_found', message: expect.any(String), details: {} });
    },
  );

  it.each([
    ['broken', '{"title": ', 'application/json', 400, 'bad_request'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 'application/json', 400, 'bad_request'],
    ['form fields', 'title=x', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['plain text', '{}', 'text/plain', 415, 'unsupported_media_type'],
    ['XML', '<a/>', 'application/xml', 415, 'unsupported_media_type'],
    ['too large', `{"title":"${'x'.repeat(MEGABYTE)}"}`, 'application/json', 413, 'payload_too_large'],
    ['a list', '[]', 'application/json', 400, 'validation_error'],
    ['null', 'null', 'application/json', 400, 'validation_error'],
  ])('refuses a body that is %s, and stores nothing', async (_what, raw, type, status, code) => {
    const id = newId('mat');
    for (const [method, path] of [
      ['PUT', `/api/v1/matters/${id}`],
      ['POST', SYNC],
      ['POST', '/api/v1/webhooks'],
    ] as const) {
      // prettier-ignore
      const answer = await api(method, path, { raw, headers: { 'content-type': type } });
      expect([path, answer.status, answer.body?.error.code]).toEqual([path, status, code]);
      expect(answer.text).not.toMatch(/at \w+ \(|node_modules|<html/i);
    }
    expect((await api('GET', `/api/v1/matters/${id}`)).status).toBe(404);
  });

  it.each([
    ['nothing at all', {}, ['clients', 'title']],
    [
      'wrong types',
      { title: 7, clients: 'no', tags: {}, status: 'gone', updated_at: 'yesterday' },
      ['clients', 'status', 'tags', 'title', 'updated_at'],
    ],
    [
      'a client with nothing',
      { title: 'x', clients: [{}] },
      ['clients[0].first_name', 'clients[0].id', 'clients[0].last_name'],
    ],
    ['a wrong client and no title', { clients: [aClient({ id: 'c d' })] }, ['clients[0].id', 'title']],
    [
      'several wrong clients',
      { title: 'x', clients: [aClient({ email: 'nobody' }), aClient({ id: 'a b' })] },
      ['clients[0].email', 'clients[1].id'],
    ],
    [
      'a person without a name',
      { title: 'x', clients: [aClient({ first_name: null, last_name: null })] },
      ['clients[0].first_name', 'clients[0].last_name'],
    ],
    [
      'an attorney of no role',
      aMatter({ attorneys: [{ email: 'x', role: 'boss' }] }),
      ['attorneys[0].email', 'attorneys[0].role'],
    ],
    ['a required one cleared', aMatter({ title: null, clients: null }), ['clients', 'title']],
    ['a day that is none', aMatter({ opened_on: '2026-02-30' }), ['opened_on']],
  ])('names every wrong field at once: %s', async (_what, json, wrong) => {
    // prettier-ignore
    const before = await count('matters');
    const answer = await api('PUT', `/api/v1/matters/${newId('mat')}`, { json });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'validation_error']);
    expect(fields(answer.body)).toEqual(wrong);
    expect(await count('matters')).toBe(before);
  });

  it.each([
    ['page=0', ['page']],
    ['page=x&per_page=101', ['page', 'per_page']],
    ['per_page=0', ['per_page']],
    ['per_page=1.5', ['per_page']],
    ['page=101&per_page=100', null],
  ])('refuses the page %s', async (query, wrong) => {
    for (const path of ['/api/v1/matters', SYNC, '/api/v1/webhooks']) {
      const answer = await api('GET', `${path}?${query}`);
      expect([path, answer.status]).toEqual([path, 400]);
      if (wrong) expect(fields(answer.body)).toEqual(wrong);
      else expect(answer.body.error.message).toMatch(/narrow the filter/i);
    }
  });

  it('takes the last page that there can be, and names a wrong filter together with a wrong page', async () => {
    expect((await api('GET', `${SYNC}?page=100&per_page=100`)).status).toBe(200);
    const history = await api('GET', `${SYNC}?page=0&state=bogus&kind=x&from=monday`);
    expect(fields(history.body)).toEqual(['from', 'kind', 'page', 'state']);
    expect(fields((await api('GET', '/api/v1/matters?per_page=0&state=x')).body)).toEqual(['per_page', 'state']);
  });

  it('lists 20 at a time, newest first, and says whether more follow', async () => {
    const ids = Array.from({ length: 22 }, (_none, at) => `${newId('mat')}.${at}`);
    for (const id of ids) await world.other.api('PUT', `/api/v1/matters/${id}`, { json: aMatter() });
    const read = async (query: string) => (await world.other.api('GET', `/api/v1/matters${query}`)).body;
    const first = await read('');
    expect(first.pagination).toEqual({ page: 1, per_page: 20, total: 22, has_more: true });
    expect(first.data.map(({ id }: Parsed) => id)).toEqual(ids.toReversed().slice(0, 20));
    const second = await read('?page=2');
    expect(second.pagination).toEqual({ page: 2, per_page: 20, total: 22, has_more: false });
    expect(second.data.map(({ id }: Parsed) => id)).toEqual(ids.toReversed().slice(20));
    expect((await read('?page=2&per_page=11')).pagination).toMatchObject({ has_more: false });
    expect((await read('?page=9')).data).toEqual([]);
  }, 30_000);

  it('lets each scope in where it belongs and nowhere else', async () => {
    const scopes = [...new Set(SERVICE_ROUTES.map(([, , scope]) => scope)), 'telephony:read'];
    const make = (scope: string) =>
      world.product.cli(['apikey:create', '--firm', world.firm.caseHugId, '--scopes', scope]);
    const keys = await Promise.all(scopes.map(make));
    for (const [at, scope] of scopes.entries()) {
      const headers = { 'x-api-key': keys[at]?.json.api_key as string, 'content-type': 'application/json' };
      for (const [method, path, needed] of SERVICE_ROUTES) {
        const answer = await open(method, path, { headers });
        const is403 = answer.status === 403 && answer.body.error.code === 'forbidden';
        expect([scope, method, path, is403]).toEqual([scope, method, path, needed !== scope]);
      }
    }
  }, 60_000);

  it('shuts out a revoked key at once', async () => {
    const made = await world.product.cli([
      'apikey:create',
      '--firm',
      world.firm.id,
      '--scopes',
      'matters:read,sync:read',
    ]);
    const headers = { 'x-api-key': made.json.api_key as string };
    expect((await open('GET', SYNC, { headers })).status).toBe(200);
    expect((await world.product.cli(['apikey:revoke', made.json.id as string])).code).toBe(0);
    expect((await open('GET', SYNC, { headers })).status).toBe(401);
  }, 30_000);

  it('serves all firms with a platform key, which must name one', async () => {
    const made = await world.product.cli(['platform-key:create']);
    const key = { 'x-api-key': made.json.api_key as string };
    const id = newId('mat');
    const of = (firmId: string) => ({ headers: { ...key, 'x-casehug-firm-id': firmId } });
    const unnamed = await open('GET', '/api/v1/matters', { headers: key });
    expect([unnamed.status, fields(unnamed.body)]).toEqual([400, ['X-Casehug-Firm-Id']]);
    expect((await open('GET', '/api/v1/matters', of('firm_nobody'))).status).toBe(404);
    const put = await open('PUT', `/api/v1/matters/${id}`, { ...of(world.other.caseHugId), json: aMatter() });
    expect(put.status).toBe(202);
    expect((await open('GET', `/api/v1/matters/${id}`, of(world.firm.caseHugId))).status).toBe(404);
    expect((await world.other.api('GET', `/api/v1/matters/${id}`)).status).toBe(200);
  }, 30_000);

  it('never shows another firm’s records', async () => {
    const id = newId('mat');
    await api('PUT', `/api/v1/matters/${id}`, { json: aMatter() });
    const synced = await api('POST', SYNC, { json: { matter_ids: [id] } });
    const hook = await api('POST', '/api/v1/webhooks', { json: { url: 'http://127.0.0.1:9/x', events: ['*'] } });
    const operation = (await api('GET', `${SYNC}?matter_id=${id}`)).body.data[0].id as string;
    const batch = synced.body.data.batch_id as string;
    const theirs = [
      ['GET', `/api/v1/matters/${id}`],
      ['GET', `/api/v1/matters/${id}/documents`],
      ['GET', `${SYNC}/${operation}`],
      ['POST', `${SYNC}/${operation}/retry`],
      ['GET', `${SYNC}/batches/${batch}`],
      ['POST', `${SYNC}/batches/${batch}/cancel`],
      ['GET', `${SYNC}/batches/${batch}/results`],
      ['DELETE', `/api/v1/webhooks/${hook.body.data.id}`],
      ['POST', `/api/v1/webhooks/${hook.body.data.id}/test`],
    ] as const;
    for (const [method, path] of theirs) {
      const answer = await world.other.api(method, path);
      expect([method, path, answer.status, answer.body.error.code]).toEqual([method, path, 404, 'not_found']);
    }
    expect((await world.other.api('GET', `${SYNC}?matter_id=${id}`)).body.data).toEqual([]);
    expect((await world.other.api('POST', SYNC, { json: { matter_ids: [id] } })).body.data).toMatchObject({
      accepted: 0,
      skipped: [{ matter_id: id, reason: 'not_found' }],
    });
    expect((await api('DELETE', `/api/v1/webhooks/${hook.body.data.id}`)).status).toBe(204);
  });

  it('says that it lives, is ready, and how it does', async () => {
    expect((await open('GET', '/health/live')).status).toBe(200);
    const ready = await open('GET', '/health/ready');
    expect([ready.status, ready.body.data]).toEqual([200, { status: 'ok', database: 'ok', queue: 'ok' }]);
    const metrics = await open('GET', '/metrics');
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(metrics.text).toMatch(/^# TYPE /m);
    const guarded = await world.product.startApi({ METRICS_TOKEN: 'for-monitoring' });
    expect((await call('GET', `${guarded.url}/metrics`)).status).toBe(401);
    const headers = { authorization: 'Bearer for-monitoring' };
    expect((await call('GET', `${guarded.url}/metrics`, { headers })).status).toBe(200);
    await guarded.stop();
  }, 60_000);

  it('describes every route of the contract in its OpenAPI document', async () => {
    const document = (await open('GET', '/api/openapi.json')).body;
    expect(document.openapi).toMatch(/^3\./);
    const served = Object.entries(document.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`),
    );
    const promised = SERVICE_ROUTES.map(([method, path]) => `${method} ${path.replace(/(mat|op|bat|wh)_x/g, '{}')}`);
    expect([...promised, ...OTHERS].filter((route) => !served.includes(route))).toEqual([]);
    expect((await open('GET', '/api/docs')).text).toContain('<title>Matterline API</title>');
  });
});
