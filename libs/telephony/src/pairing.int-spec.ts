import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Firms } from '@matterline/auth';
import { createTestDatabase, type TestDatabase } from '../../../config/testing/test-database';
import { runMigrations } from '../../../migrations/run';
import { FakeSmokeball } from './testing/fake-smokeball';
import { read, TestPbx } from './testing/pbx-line';
import { MovableClock, newMasterKey, startTelephonyApp } from './testing/telephony-app';
import { Pbxes } from './tenants/pbxes';

jest.setTimeout(60_000);

const TOM = { userId: '00000000-0000-4000-8000-000000000001', email: 'TOM@law.example.com', emailInToken: true };

let database: TestDatabase;
let smokeball: FakeSmokeball;
let app: NestFastifyApplication;
let pbx: TestPbx;
let firmId: string;
let url: string;
const clock = new MovableClock();
let calls = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url);
  smokeball = await FakeSmokeball.start();
  ({ app, url } = await startTelephonyApp({
    databaseUrl: database.url,
    smokeballUrl: smokeball.url,
    masterKey: newMasterKey(),
    clock,
  }));
  const firm = {
    name: 'Law',
    caseHugFirmId: 'firm_1',
    region: 'us',
    environment: 'production',
    timezone: 'UTC',
  } as const;
  ({ firmId } = await app.get(Firms).create(firm));
  const made = await app.get(Pbxes).create(firmId, { domain: 'Law.example.com', country: 'US' });
  pbx = new TestPbx(url, made.tenantId, made.tenantKey ?? '');
  await pbx.send('PUT', '/extensions', [
    { extension: '504', name: 'Tom', email: 'tom@law.example.com', aliases: [] },
    { extension: '505', name: 'Ann', email: 'ann@law.example.com', aliases: [] },
    { extension: '506', name: 'No mail', email: null, aliases: [] },
  ]);
});

afterAll(async () => {
  await app.close();
  await smokeball.stop();
  await database.drop();
});

beforeEach(() => {
  smokeball.user = TOM;
  smokeball.refuseRefresh = false;
  smokeball.tokenSeconds = 3600;
  smokeball.trouble = null;
  smokeball.firmUsers = [];
  smokeball.staff = [];
  smokeball.forget();
});

const ring = async (extension: string, number: string) => {
  calls += 1;
  const event = { callid: `p-${calls}`, state: 'ringing', from: number, to: extension, extension };
  return (await pbx.event(event)).body;
};

test('creating a PBX again gives the same tenant and no key', async () => {
  const again = await app.get(Pbxes).create(firmId, { domain: 'law.EXAMPLE.com' });
  expect(again).toEqual({ tenantId: pbx.tenantId, tenantKey: null });
  await expect(
    app.get(Pbxes).create(firmId, { domain: 'not a domain', country: 'FR', areaCode: 'x' }),
  ).rejects.toMatchObject({
    code: 'validation_error',
  });
});

test('pairing goes to the region’s consent page with PKCE and a state, and without a scope', async () => {
  const { status, headers } = await pbx.send('GET', '/pair/start?extension=504&domain=law.example.com');
  const target = new URL(headers.get('location') ?? '');
  expect(status).toBe(302);
  expect(target.href.startsWith(`${smokeball.url}/auth/oauth2/authorize?`)).toBe(true);
  const { state, code_challenge: challenge, ...rest } = Object.fromEntries(target.searchParams);
  expect(state?.length).toBeGreaterThan(30);
  expect(challenge).toHaveLength(43);
  expect(rest).toEqual({
    response_type: 'code',
    client_id: 'client',
    redirect_uri: 'http://matterline.example/api/v1/integrations/smokeball/callback',
    code_challenge_method: 'S256',
  });
});

test('a paired extension is green, its e-mail masked; unpairing makes it red and revokes', async () => {
  expect((await pbx.send('GET', '/pairings/504/status')).body).toMatchObject({ paired: false, reason: 'never' });
  const page = await pbx.pair('504');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.text).toContain('Paired');
  expect(page.text).not.toMatch(/<script>/);
  const script = await read(fetch(`${url}${/src="([^"]+)"/.exec(page.text)?.[1] ?? ''}`));
  expect([script.status, script.text]).toEqual([200, expect.stringContaining('window.close')]);
  const { body } = await pbx.send('GET', '/pairings/504/status');
  expect(body).toEqual({
    paired: true,
    email: 'T…@law.example.com',
    since: expect.stringMatching(/Z$/),
    expires_at: expect.stringMatching(/Z$/),
  });
  const kept = await database.query<{ all: string }>(`select row_to_json(p)::text as all from pairings p`);
  expect(JSON.stringify(kept)).not.toMatch(/refresh-1|law\.example/i);
  smokeball.forget();
  expect((await pbx.send('DELETE', '/pairings/504')).status).toBe(204);
  expect(smokeball.called('POST /auth/oauth2/revoke')).toHaveLength(1);
  expect((await pbx.send('GET', '/pairings/504/status')).body).toMatchObject({ paired: false, reason: 'revoked' });
  expect(await ring('504', '6173998147')).toMatchObject({ status: 'not_paired', reason: 'revoked' });
  expect((await pbx.send('DELETE', '/pairings/504')).status).toBe(204);
  const [left] = await database.query<Record<string, unknown>>(
    `select access_token_enc, refresh_token_enc, email_enc from pairings`,
  );
  expect(left).toEqual({ access_token_enc: null, refresh_token_enc: null, email_enc: null });
});

describe('whose e-mail it is', () => {
  test('another person’s is refused with a page that says so, and the grant is given back', async () => {
    const page = await pbx.pair('505');
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('e-mail address differs')]);
    expect(page.text).not.toMatch(/tom@|ann@/i);
    expect(smokeball.called('POST /auth/oauth2/revoke')).toHaveLength(1);
    expect((await pbx.send('GET', '/pairings/505/status')).body['paired']).toBe(false);
  });

  test('an extension without one takes anybody', async () => {
    expect((await pbx.pair('506')).text).toContain('Paired');
  });

  test('is asked for where the token does not say it: through the user list and the staff', async () => {
    smokeball.user = { ...TOM, emailInToken: false };
    smokeball.firmUsers = [{ id: 'fu-1', userId: TOM.userId, staffId: 'st-1' }];
    smokeball.staff = [{ id: 'st-1', email: 'Ann@Law.example.com' }];
    expect((await pbx.pair('505')).text).toContain('Paired');
    expect(smokeball.called('GET /api/staff/st-1')).toHaveLength(1);
  });

  test('that Smokeball will not say is a refusal', async () => {
    smokeball.user = { ...TOM, emailInToken: false };
    expect((await pbx.pair('504')).text).toContain('did not say which e-mail address');
  });
});

test('a user of another Smokeball account than the firm’s is refused', async () => {
  await database.query(
    `insert into connections (firm_id, state, account_id, updated_at, hook_id, hook_state) values ($1, 'connected', 'acc-9', now(), 'h', 'active')`,
    [firmId],
  );
  expect((await pbx.pair('504')).text).toContain('another Smokeball account');
  await database.query('delete from connections');
});

test('a state works once; an unknown one goes to the console', async () => {
  const started = await pbx.send('GET', '/pair/start?extension=504');
  const state = new URL(started.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const back = () =>
    read(
      fetch(`${url}/api/v1/integrations/smokeball/callback?error=access_denied&state=${state}`, { redirect: 'manual' }),
    );
  expect((await back()).text).toContain('Access was not allowed');
  const second = await back();
  expect([second.status, second.headers.get('location')]).toEqual([
    302,
    expect.stringContaining('error=invalid_state'),
  ]);
});

describe('tokens of a pairing', () => {
  test('are renewed once for a ring group, and by one caller at a time', async () => {
    smokeball.tokenSeconds = 1;
    await pbx.pair('504');
    smokeball.tokenSeconds = 3600;
    clock.aheadMs += 5_000;
    smokeball.forget();
    const answers = await Promise.all(['2125550101', '2125550102', '2125550103'].map((number) => ring('504', number)));
    expect(answers.map(({ status }) => status)).toEqual(['no_match', 'no_match', 'no_match']);
    expect(smokeball.tokenForms.map((form) => form.get('grant_type'))).toEqual(['refresh_token']);
  });

  test('that Smokeball ended make the extension red, before their time as revoked', async () => {
    smokeball.tokenSeconds = 1;
    await pbx.pair('504');
    clock.aheadMs += 5_000;
    smokeball.refuseRefresh = true;
    expect(await ring('504', '2125550110')).toMatchObject({ status: 'not_paired', reason: 'revoked' });
    expect((await pbx.send('GET', '/pairings/504/status')).body).toMatchObject({ paired: false, reason: 'revoked' });
  });

  test('end with their lifetime', async () => {
    await pbx.pair('504');
    clock.aheadMs += 31 * 24 * 3600_000;
    expect(await ring('504', '2125550111')).toMatchObject({ status: 'not_paired', reason: 'expired' });
  });
});

describe('a user token', () => {
  const token = async (extension: string) =>
    String((await pbx.send('POST', `/pairings/${extension}/user-token`)).body['token']);

  test('lets a browser see and end its own pairing, for an hour', async () => {
    const own = await token('504');
    const asked = (path: string) => read(fetch(pbx.at(`${path}t=${own}`), { redirect: 'manual' }));
    expect((await asked('/pairings/504/status?')).status).toBe(200);
    expect((await asked('/pair/start?extension=504&')).status).toBe(302);
    expect((await asked('/pairings/505/status?')).status).toBe(403);
    expect((await asked('/pair/start?extension=505&')).status).toBe(403);
    expect((await asked('/lookup?number=6173998147&extension=504&')).status).toBe(401);
    clock.aheadMs += 3601_000;
    expect((await asked('/pairings/504/status?')).status).toBe(401);
  });

  test('is readable to pages of the PBX’s own host only', async () => {
    const own = await token('504');
    const from = (origin: string) => fetch(pbx.at(`/pairings/504/status?t=${own}`), { headers: { origin } });
    expect((await from('https://law.example.com')).headers.get('access-control-allow-origin')).toBe(
      'https://law.example.com',
    );
    expect((await from('https://evil.example.com')).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('is not given for an extension that nobody listed', async () => {
    const { status, body } = await pbx.send('POST', '/pairings/999/user-token');
    expect([status, body['error']]).toEqual([404, expect.objectContaining({ code: 'unknown_extension' })]);
    expect((await pbx.send('GET', '/pair/start?extension=999')).status).toBe(404);
    expect((await pbx.send('GET', '/pair/start?extension=504&domain=evil.example.com')).status).toBe(403);
    expect((await pbx.send('GET', '/pairings/%00/status')).status).toBe(404);
  });
});
