import { createHmac, randomUUID } from 'node:crypto';
import { aMatter } from '../support/a-matter';
import { askDatabase } from '../support/database';
import { ConsoleSession } from '../support/console-session';
import { consent } from '../support/consent';
import { Firm } from '../support/firm';
import { call, type CallOptions, type Parsed } from '../support/http';
import { newId } from '../support/new-id';
import { untilLink } from '../support/until';
import { waitFor } from '../support/wait-for';
import { openWorld, type World, WORLD_MS } from '../support/world';

const BASE = '/api/v1/integrations/smokeball';
const MEGABYTE = 1024 * 1024;
/** Smokeball's timestamps count 100 ns from the year 1. */
const ticks = (ms: number) => String(BigInt(ms) * 10_000n + 621_355_968_000_000_000n);

describe('the connection with Smokeball', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()), WORLD_MS);
  afterAll(async () => world?.product.stop(), 60_000);

  const status = async (firm: Firm): Promise<Parsed> => (await firm.api('GET', `${BASE}/status`)).body.data;
  const callback = (query: string) => call('GET', `${world.product.apiUrl}${BASE}/callback?${query}`);
  const subscriptions = async (tenant = 'us') => (await world.product.simulator.firm(tenant)).webhooks;
  const invalid = () => `${world.product.apiUrl}/settings/integrations?error=invalid_state`;

  it('starts with a redirect to the region’s authorize address, with PKCE and without scope', async () => {
    const answer = await world.other.session.call('GET', `${BASE}/connect`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(302);
    const url = new URL(answer.headers.get('location') ?? '');
    expect(url.origin + url.pathname).toBe(`${world.product.simulator.url}/au/auth/oauth2/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: world.product.env['SMOKEBALL_CLIENT_ID'],
      redirect_uri: `${world.product.apiUrl}${BASE}/callback`,
      state: expect.stringMatching(/^.{32,}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const json = await world.other.session.call('GET', `${BASE}/connect`, { headers: { accept: 'application/json' } });
    expect([json.status, Object.keys(json.body.data as object)]).toEqual([200, ['authorization_url']]);
  });

  it('is for firm admins at the console only', async () => {
    for (const path of [`GET ${BASE}/connect`, `POST ${BASE}/disconnect`]) {
      const [method = '', at = ''] = path.split(' ');
      expect([path, (await world.firm.api(method, at)).status]).toEqual([path, 403]);
      expect((await call(method, `${world.product.apiUrl}${at}`)).status).toBe(401);
    }
    const email = `support@${newId('x').replace('_', '-')}.example`;
    const user = ['user:create', '--firm', world.firm.id, '--email', email, '--role', 'support', '--password-stdin'];
    await world.product.cli(user, 'a long password');
    const support = await ConsoleSession.signIn(world.product.apiUrl, email, 'a long password');
    expect((await support.call('GET', `${BASE}/connect`)).status).toBe(403);
    expect((await support.call('PATCH', `${BASE}/status`, { json: { settings: { lead: true } } })).status).toBe(403);
    expect((await support.call('GET', `${BASE}/status`)).status).toBe(200);
  }, 30_000);

  it('says so when nobody has configured it', async () => {
    const api = await world.product.startApi({
      SMOKEBALL_CLIENT_ID: '',
      SMOKEBALL_CLIENT_SECRET: '',
      SMOKEBALL_API_KEY: '',
    });
    try {
      const { headers } = world.other.session;
      const answer = await call('GET', `${api.url}${BASE}/connect`, { headers });
      expect(answer.body.error).toMatchObject({
        code: 'not_configured',
        message: 'Smokeball integration is not configured',
      });
      const shown = await call('GET', `${api.url}${BASE}/status`, { headers });
      expect(shown.body.data).toMatchObject({ connected: false, state: 'not_configured' });
    } finally {
      await api.stop();
    }
  }, 60_000);

  it('takes a state once, and only one that it gave', async () => {
    for (const query of ['', 'code=x', 'state=unknown&code=x', `state=${'x'.repeat(9000)}`])
      expect((await callback(query)).headers.get('location')).toBe(invalid());
    const back = new URL(await world.other.allow());
    const first = await callback(back.search.slice(1));
    expect([first.status, first.headers.get('location')]).toEqual([302, `${world.product.apiUrl}/settings/integrations?connected=1`]); // prettier-ignore
    expect((await callback(back.search.slice(1))).headers.get('location')).toBe(invalid());
    expect(await status(world.other)).toMatchObject({ connected: true, state: 'connected', region: 'au' });
    await waitFor('the webhook registration', async () => (await status(world.other)).webhooks.state === 'active');
  }, 30_000);

  it('tells when access was denied, and changes nothing', async () => {
    const started = await world.firm.session.call('GET', `${BASE}/connect`, {
      headers: { accept: 'application/json' },
    });
    const [user] = (await world.product.simulator.firm()).users;
    const login = { email: user?.email ?? '', password: user?.password ?? '' };
    const back = await consent(started.body.data.authorization_url as string, login, 'deny');
    expect((await call('GET', back)).headers.get('location')).toMatch(/error=access_denied$/);
    expect((await status(world.firm)).state).toBe('connected');
  });

  it('shows the connection and its settings, which PATCH changes or refuses as a whole', async () => {
    const before = await status(world.firm);
    expect(before).toMatchObject({
      connected: true,
      state: 'connected',
      region: 'us',
      environment: 'production',
      firm_name: (await world.product.simulator.firm()).name,
      webhooks: { state: 'active' },
      settings: { auto_sync_on_approval: true, auto_sync_on_matter_created: false, auto_sync_updates: true, send_number: true, lead: false, close_on_archive: false }, // prettier-ignore
    });
    expect(Date.parse(before.refresh_expires_at as string) - Date.now()).toBeGreaterThan(29 * 86_400_000);
    const patch = (settings: unknown) => world.firm.api('PATCH', `${BASE}/status`, { json: { settings } });
    const changed = await patch({ lead: true, tolerance_s: 120 });
    expect([changed.status, changed.body.data.settings]).toEqual([200, { ...before.settings, lead: true, tolerance_s: 120 }]); // prettier-ignore
    const refused = await patch({
      lead: false,
      tolerance_s: 'x',
      conflict_rule: 'mine',
      nonsense: 1,
      casehug_api_key: 5,
    });
    expect(refused.status).toBe(400);
    expect(refused.body.error.details.fields.map(({ field }: Parsed) => field).sort()).toEqual([
      'settings.casehug_api_key',
      'settings.conflict_rule',
      'settings.nonsense',
      'settings.tolerance_s',
    ]);
    expect((await status(world.firm)).settings).toMatchObject({ lead: true, tolerance_s: 120 });
    const secret = await patch({ casehug_api_key: 'ck_very_secret', lead: false, tolerance_s: 300 });
    expect(secret.text).not.toContain('ck_very_secret');
    expect((await status(world.firm)).settings).toEqual(before.settings);
  });

  describe('its webhooks', () => {
    let hook: { url: string; key: string };
    beforeAll(async () => {
      const [registered] = await subscriptions();
      hook = { url: registered.eventNotificationUrl as string, key: registered.key as string };
    });

    const event = (parts: object = {}) => ({
      type: 'matter.updated',
      accountId: '',
      subscriptionId: randomUUID(),
      timestamp: ticks(Date.now()),
      source: 'Smokeball',
      payload: { id: randomUUID() },
      ...parts,
    });
    const signed = (at: number, key = hook.key): Record<string, string> => {
      const [timestamp, requestid] = [ticks(at), randomUUID()];
      const clientId = world.product.env['SMOKEBALL_CLIENT_ID'] ?? '';
      const signature = createHmac('sha256', key).update(`${timestamp}|${requestid}|${clientId}`).digest('hex');
      return { 'content-type': 'application/json', timestamp, requestid, signature };
    };
    const deliver = (headers: Record<string, string>, raw: CallOptions['raw'], url = hook.url) => call('POST', url, { headers, raw }); // prettier-ignore
    const stored = (id: string) =>
      askDatabase<{ state: string; note: string }>(world.product, 'select state, note from events_in where resource_id = $1', [id]); // prettier-ignore
    const without = (headers: Record<string, string>, name: string) =>
      Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

    it.each([
      ['a wrong key', () => signed(Date.now(), 'another key'), 401],
      ['no signature', () => without(signed(Date.now()), 'signature'), 401],
      ['no timestamp', () => without(signed(Date.now()), 'timestamp'), 401],
      ['no request id', () => without(signed(Date.now()), 'requestid'), 401],
      ['a timestamp of six minutes ago', () => signed(Date.now() - 360_000), 401],
      ['a timestamp six minutes ahead', () => signed(Date.now() + 360_000), 401],
      ['another request id than was signed', () => ({ ...signed(Date.now()), requestid: randomUUID() }), 401],
    ])('refuses %s and stores nothing', async (_what, headers, expected) => {
      const id = randomUUID();
      const answer = await deliver(headers(), JSON.stringify(event({ payload: { id } })));
      expect(answer.status).toBe(expected);
      expect(answer.body.error.code).toMatch(/signature|timestamp/);
      expect(await stored(id)).toEqual([]);
    });

    it('answers 404 for a hook that is not ours', async () => {
      const unknown = hook.url.replace(/hook_.*/, 'hook_unknown');
      expect((await deliver(signed(Date.now()), '{}', unknown)).status).toBe(404);
    });

    it('answers 400 for signed bytes that are not JSON, and 413 beyond 1 MB', async () => {
      expect((await deliver(signed(Date.now()), 'no json')).status).toBe(400);
      const large = JSON.stringify(event({ payload: { id: 'x', note: 'x'.repeat(MEGABYTE) } }));
      expect((await deliver(signed(Date.now()), large)).status).toBe(413);
    });

    it.each([
      ['no content type', ''],
      ['text/plain', 'text/plain'],
      ['a form’s type', 'application/x-www-form-urlencoded'],
      ['JSON with a charset', 'application/json; charset=utf-8'],
    ])('reads the bytes whatever the sender calls them: %s', async (_what, type) => {
      const { 'content-type': _usual, ...headers } = signed(Date.now());
      const raw = Buffer.from(JSON.stringify(event()));
      expect((await deliver(type === '' ? headers : { ...headers, 'content-type': type }, raw)).status).toBe(200);
    });

    it('stores an event once, however often it comes', async () => {
      const id = randomUUID();
      const { account_id: accountId } = await world.product.simulator.firm();
      const raw = JSON.stringify(event({ accountId, payload: { id } }));
      const answers = [await deliver(signed(Date.now()), raw), await deliver(signed(Date.now()), raw)];
      expect(answers.map((one) => [one.status, one.body.data.stored])).toEqual([[200, true], [200, false]]); // prettier-ignore
      expect(await stored(id)).toHaveLength(1);
    });

    it('keeps what names another account, as ignored', async () => {
      const id = randomUUID();
      const answer = await deliver(
        signed(Date.now()),
        JSON.stringify(event({ accountId: randomUUID(), payload: { id } })),
      );
      expect(answer.status).toBe(200);
      expect(await stored(id)).toEqual([{ state: 'ignored', note: 'it names another account' }]);
    });
  });

  it('lets go: tokens and webhook registration gone at once, links kept; a reconnect makes nothing twice', async () => {
    const id = newId('mat');
    const put = (json: unknown, query = '') => world.firm.api('PUT', `/api/v1/matters/${id}${query}`, { json });
    await put(aMatter(), '?sync=true');
    const { link } = await untilLink(world.firm, id, 'confirmed');
    const answer = await world.firm.session.call('POST', `${BASE}/disconnect`);
    expect([answer.status, answer.body]).toEqual([200, { data: { success: true } }]);
    expect((await world.firm.session.call('POST', `${BASE}/disconnect`)).status).toBe(200);
    expect(await subscriptions()).toEqual([]);
    const [tokens] = await askDatabase(world.product, 'select access_token_enc, refresh_token_enc, hook_key_enc from connections where firm_id = $1', [world.firm.id]); // prettier-ignore
    expect(tokens).toEqual({ access_token_enc: null, refresh_token_enc: null, hook_key_enc: null });
    expect(await status(world.firm)).toMatchObject({ connected: false, state: 'disconnected', webhooks: { state: 'disabled' } }); // prettier-ignore
    expect((await world.firm.api('GET', `/api/v1/matters/${id}`)).body.data.link).toMatchObject(link as object);
    await put({ description: 'Changed meanwhile' });
    await waitFor('the held update', async () => {
      const { data } = (await world.firm.api('GET', `${BASE}/sync?matter_id=${id}&state=held`)).body;
      return data[0]?.error.code === 'not_connected';
    });
    await world.firm.connect();
    const mine = async () =>
      (await world.product.simulator.firm()).matters.filter((one: Parsed) => one.externalSystemId === id);
    await waitFor('the update to go on by itself', async () =>
      String((await mine())[0]?.description).includes('Changed meanwhile'),
    );
    expect(await mine()).toHaveLength(1);
    expect(await subscriptions()).toHaveLength(1);
  }, 60_000);

  it('asks for a new sign-in when Smokeball has ended the grant', async () => {
    await call('POST', `${world.product.simulator.url}/_sim/us/revoke`, { json: {} });
    await world.firm.api('PUT', `/api/v1/matters/${newId('mat')}?sync=true`, { json: aMatter() });
    await waitFor('needs_reauth', async () => (await status(world.firm)).state === 'needs_reauth');
    await world.firm.connect();
    expect((await status(world.firm)).state).toBe('connected');
  }, 60_000);
});
