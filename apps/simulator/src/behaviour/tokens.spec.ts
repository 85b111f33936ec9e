import { PARTNER, SimulatorUnderTest, TOM, type Json } from '../testing/simulator-under-test';

const DAY_MS = 86_400_000;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('tokens', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
  });
  afterAll(() => sim.close());
  beforeEach(async () => {
    await sim.reset();
    await sim.registerPartner('us');
  });

  const claimsOf = (token: string): Json =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Json;
  const refresh = (refresh_token = sim.refreshToken) =>
    sim.exchange('us', { grant_type: 'refresh_token', refresh_token });

  it.each([
    ['no grant type', 'client_id=partner', 'invalid_request'],
    ['an unknown grant type', 'grant_type=password&client_id=partner', 'unsupported_grant_type'],
    ['client credentials for a public app', 'grant_type=client_credentials&client_id=partner', 'unauthorized_client'],
    ['no code', 'grant_type=authorization_code&client_id=partner', 'invalid_request'],
    ['an unknown refresh token', 'grant_type=refresh_token&client_id=partner&refresh_token=x', 'invalid_grant'],
    ['an unknown client', 'grant_type=refresh_token&client_id=nobody&refresh_token=x', 'invalid_client'],
  ])('9.3 token with %s', async (_name, body, error) => {
    const answer = await sim.raw('POST', '/us/auth/oauth2/token', `${body}&client_secret=partner+secret`, FORM);
    expect([answer.status, answer.body]).toEqual([400, { error }]);
  });

  it('9.3 token takes a form and nothing else', async () => {
    const { code, verifier } = await sim.authorize('us', TOM);
    const fields = { grant_type: 'authorization_code', code, code_verifier: verifier, ...PARTNER };
    const json = await sim.raw('POST', '/us/auth/oauth2/token', JSON.stringify(fields), {
      'content-type': 'application/json',
    });
    expect([json.status, json.body]).toEqual([400, { error: 'invalid_request' }]);
  });

  it('9.3 the secret may stand in the header or in the body, and must be right in both', async () => {
    const { code, verifier } = await sim.authorize('us', TOM);
    const right = { code, code_verifier: verifier };
    const basic = { authorization: `Basic ${Buffer.from('partner:wrong').toString('base64')}` };
    const inBody = (client_secret: string) => sim.exchange('us', { ...right, client_secret }, { authorization: '' });
    for (const wrong of [await sim.exchange('us', right, basic), await inBody('wrong')]) {
      expect([wrong.status, wrong.body]).toEqual([400, { error: 'invalid_client' }]);
    }
    expect((await inBody(PARTNER.client_secret)).status).toBe(200);
    await sim.connect('us', TOM);
    expect((await refresh()).status).toBe(200);
  });

  it('9.4 a refresh gives no new refresh token, and the one there is stays good', async () => {
    const first = await sim.connect('us', TOM);
    expect(Object.keys(first).sort()).toEqual(['access_token', 'expires_in', 'refresh_token', 'token_type']);
    for (let i = 0; i < 2; i += 1) {
      const answer = await refresh();
      expect(Object.keys(answer.body).sort()).toEqual(['access_token', 'expires_in', 'token_type']);
    }
  });

  it('9.4 with rotation there is a new one, and the old one is good for another 60 seconds', async () => {
    await sim.connect('us', TOM);
    await sim.switches({ rotate_refresh_tokens: true });
    const next = String((await refresh()).body['refresh_token']);
    expect(next).not.toBe(sim.refreshToken);
    await sim.advance(55_000);
    const inGrace = await refresh();
    expect([inGrace.status, inGrace.body['refresh_token']]).toEqual([200, next]);
    await sim.advance(6_000);
    expect((await refresh()).body).toEqual({ error: 'invalid_grant' });
    expect((await refresh(next)).status).toBe(200);
  });

  it('9.5 an access token ends after 3600 seconds, or what the switch says', async () => {
    const first = await sim.connect('us', TOM);
    expect(first['expires_in']).toBe(3600);
    expect((await sim.api('GET', '/firm')).status).toBe(200);
    await sim.advance(3_601_000);
    expect((await sim.api('GET', '/firm')).status).toBe(401);
    await sim.switches({ access_token_s: 60 });
    const short = await refresh();
    sim.token = String(short.body['access_token']);
    expect(short.body['expires_in']).toBe(60);
    await sim.advance(61_000);
    expect((await sim.api('GET', '/firm')).status).toBe(401);
  });

  it('9.5 a token for client credentials may live for 21600 seconds', async () => {
    const account = await sim.accountId();
    await sim.registerPartner('us', { private_accounts: [account] });
    const lifetime = async () => (await sim.exchange('us', { grant_type: 'client_credentials' })).body['expires_in'];
    expect(await lifetime()).toBe(3600);
    await sim.switches({ client_credentials_token_s: 21_600 });
    expect(await lifetime()).toBe(21_600);
    expect((await sim.connect('us', TOM))['expires_in']).toBe(3600);
  });

  it.each([
    [30, false],
    [30, true],
    [180, false],
  ])('9.5 a refresh token ends %i days after the consent, used or not (rotation %s)', async (days, rotates) => {
    await sim.switches({ refresh_token_days: days, rotate_refresh_tokens: rotates });
    await sim.connect('us', TOM);
    await sim.advance((days - 1) * DAY_MS);
    const used = await refresh();
    expect(used.status).toBe(200);
    const newest = rotates ? String(used.body['refresh_token']) : sim.refreshToken;
    await sim.advance(DAY_MS - 60_000);
    expect((await refresh(newest)).status).toBe(200);
    await sim.advance(60_000);
    expect((await refresh(newest)).body).toEqual({ error: 'invalid_grant' });
  });

  it('9.5 the defaults are 3600 seconds and 30 days', async () => {
    await sim.control('POST', '/reset', {});
    expect((await sim.control('GET', '/switches')).body).toMatchObject({
      access_token_s: 3600,
      client_credentials_token_s: 3600,
      refresh_token_days: 30,
      rotate_refresh_tokens: false,
    });
  });

  it('9.6 the access token is a signed JWT that names scopes and user', async () => {
    await sim.registerPartner('us', { scopes: ['contacts/read', 'firm/read'] });
    await sim.connect('us', TOM);
    expect(sim.token.split('.')).toHaveLength(3);
    const claims = { scope: 'contacts/read firm/read', client_id: 'partner', email: TOM, token_use: 'access' };
    expect(claimsOf(sim.token)).toMatchObject(claims);
    const { code, verifier } = await sim.authorize('us', TOM, { scope: 'firm/read' });
    const fewer = await sim.exchange('us', { code, code_verifier: verifier });
    expect(claimsOf(String(fewer.body['access_token']))['scope']).toBe('firm/read');
  });

  it('9.6 a missing scope is a denial by the gateway, until it is granted and a new token minted', async () => {
    await sim.registerPartner('us', { scopes: ['contacts/read'] });
    await sim.connect('us', TOM);
    const denied = await sim.api('GET', '/matters');
    expect([denied.status, denied.body]).toEqual([
      403,
      { Message: expect.stringContaining('execute-api:Invoke') as string },
    ]);
    await sim.registerPartner('us', { scopes: ['contacts/read', 'matters/read'] });
    expect((await sim.api('GET', '/matters')).status).toBe(403);
    sim.token = String((await refresh()).body['access_token']);
    expect((await sim.api('GET', '/matters')).status).toBe(200);
  });

  it.each([
    ['POST', '/contacts', ['contacts/read'], ['contacts/write']],
    ['DELETE', '/contacts/{id}', ['contacts/read'], ['contacts/write']],
    ['POST', '/matters/{id}/documents/files', ['documents/write'], ['documents/write', 'matters/write']],
    ['GET', '/matters/{id}/documents/files', ['matters/read'], ['matters/read', 'documents/read']],
    ['GET', '/webhooks', ['webhooks/write'], ['webhooks/read']],
  ])('9.6 %s %s needs its own scopes, all of them', async (method, template, tooFew, enough) => {
    const path = template.replace('{id}', '00000000-0000-4000-8000-00000000abcd');
    for (const [scopes, isDenied] of [[tooFew, true] as const, [enough, false] as const]) {
      await sim.registerPartner('us', { scopes });
      await sim.connect('us', TOM);
      const answer = await sim.api(method, path, { body: method === 'POST' ? {} : undefined });
      expect([scopes, answer.text.includes('execute-api:Invoke')]).toEqual([scopes, isDenied]);
    }
  });

  it('expire-tokens ends access tokens at once and leaves the refresh token', async () => {
    await sim.connect('us', TOM);
    await sim.control('POST', '/us/expire-tokens', {});
    expect((await sim.api('GET', '/firm')).status).toBe(401);
    sim.token = String((await refresh()).body['access_token']);
    expect((await sim.api('GET', '/firm')).status).toBe(200);
  });
});
