import { PARTNER, REDIRECT, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const TOM = 'tom.jones@harborpine.example';

describe('authorization', () => {
  let sim: SimulatorUnderTest;
  beforeEach(async () => {
    sim = await SimulatorUnderTest.start();
    await sim.registerPartner('us');
  });
  afterEach(() => sim.close());

  const good = {
    response_type: 'code',
    client_id: PARTNER.client_id,
    redirect_uri: REDIRECT,
    state: 'a b&c',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  };
  const authorizePath = (query: Record<string, string>): string =>
    `/us/auth/oauth2/authorize?${new URLSearchParams(query).toString()}`;
  const claimsOf = (token: string): Json =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Json;

  it.each([
    ['an unknown client', { client_id: 'nobody' }, 'page'],
    ['a redirect_uri with another path', { redirect_uri: 'http://localhost:5555/callback/?from=smokeball' }, 'page'],
    ['a redirect_uri without its query', { redirect_uri: 'http://localhost:5555/callback' }, 'page'],
    ['response_type=token', { response_type: 'token' }, 'unsupported_response_type'],
    ['the plain method of PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a scope the app does not have', { scope: 'contacts/read nothing/read' }, 'invalid_scope'],
  ])('9.1 authorize refuses %s', async (_name, change, wanted) => {
    const answer = await sim.raw('GET', authorizePath({ ...good, ...change }));
    if (wanted === 'page') {
      expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
      return;
    }
    const to = new URL(String(answer.headers['location']));
    expect([to.searchParams.get('error'), to.searchParams.get('state')]).toEqual([wanted, 'a b&c']);
  });

  it('9.1 authorize shows a consent page; a wrong password stays, deny and allow go back with the state', async () => {
    await sim.switches({ auto_approve: false });
    const page = await sim.raw('GET', authorizePath(good));
    expect(page.text).toContain('name="email"');
    expect(page.text).toContain('See and change contacts');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = (text: string) => sim.raw('POST', authorizePath(good), text, form);
    expect((await post(`email=${TOM}&password=wrong&decision=allow`)).status).toBe(401);
    const denied = new URL(String((await post('decision=deny')).headers['location']));
    expect([denied.searchParams.get('error'), denied.searchParams.get('state')]).toEqual(['access_denied', 'a b&c']);
    const allowed = new URL(String((await post(`email=${TOM}&password=demo&decision=allow`)).headers['location']));
    expect(allowed.searchParams.get('code')).toMatch(/.+/);
    expect([allowed.searchParams.get('state'), allowed.searchParams.get('from')]).toEqual(['a b&c', 'smokeball']);
  });

  it('9.1 a former user cannot sign in', async () => {
    await sim.switches({ auto_approve: false });
    const answer = await sim.raw(
      'POST',
      authorizePath(good),
      'email=marcus.webb@harborpine.example&password=demo&decision=allow',
      {
        'content-type': 'application/x-www-form-urlencoded',
      },
    );
    expect(answer.status).toBe(401);
  });

  it('9.2 a code works once', async () => {
    const { code, verifier } = await sim.authorize('us', TOM);
    expect((await sim.exchange('us', { code, code_verifier: verifier })).status).toBe(200);
    const again = await sim.exchange('us', { code, code_verifier: verifier });
    expect([again.status, again.body]).toEqual([400, { error: 'invalid_grant' }]);
  });

  it('9.2 a failed exchange burns the code', async () => {
    const { code, verifier } = await sim.authorize('us', TOM);
    expect((await sim.exchange('us', { code, code_verifier: 'x'.repeat(43) })).body).toEqual({
      error: 'invalid_grant',
    });
    expect((await sim.exchange('us', { code, code_verifier: verifier })).body).toEqual({ error: 'invalid_grant' });
  });

  it('9.2 a code lives for five minutes', async () => {
    const { code, verifier } = await sim.authorize('us', TOM);
    await sim.advance(300_001);
    expect((await sim.exchange('us', { code, code_verifier: verifier })).body).toEqual({ error: 'invalid_grant' });
  });

  it('9.2 another redirect_uri at the exchange is refused', async () => {
    const { code, verifier } = await sim.authorize('us', TOM);
    const answer = await sim.exchange('us', { code, code_verifier: verifier, redirect_uri: 'http://localhost:5555/' });
    expect(answer.body).toEqual({ error: 'invalid_grant' });
  });

  it('9.2 a public client must use PKCE, and needs no secret', async () => {
    await sim.registerPartner('us', { public: true, client_secret: undefined });
    const { code_challenge: _c, code_challenge_method: _m, ...without } = good;
    const refused = new URL(String((await sim.raw('GET', authorizePath(without))).headers['location']));
    expect(refused.searchParams.get('error')).toBe('invalid_request');
    const { code, verifier } = await sim.authorize('us', TOM);
    expect((await sim.exchange('us', { code, code_verifier: verifier }, { authorization: '' })).status).toBe(200);
  });

  it.each([
    ['no grant type', 'client_id=partner', 'invalid_request'],
    ['an unknown grant type', 'grant_type=password&client_id=partner', 'unsupported_grant_type'],
    ['client credentials for a public app', 'grant_type=client_credentials&client_id=partner', 'unauthorized_client'],
    ['no code', 'grant_type=authorization_code&client_id=partner', 'invalid_request'],
  ])('9.3 token with %s', async (_name, body, error) => {
    const answer = await sim.raw('POST', '/us/auth/oauth2/token', `${body}&client_secret=partner+secret`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect([answer.status, answer.body]).toEqual([400, { error }]);
  });

  it('9.3 token wants a form, and the right secret in the header or the body', async () => {
    const { code, verifier } = await sim.authorize('us', TOM);
    const json = await sim.raw('POST', '/us/auth/oauth2/token', '{"grant_type":"authorization_code"}', {
      'content-type': 'application/json',
    });
    expect([json.status, json.body]).toEqual([400, { error: 'invalid_request' }]);
    const wrong = { authorization: `Basic ${Buffer.from('partner:wrong').toString('base64')}` };
    expect((await sim.exchange('us', { code, code_verifier: verifier }, wrong)).body).toEqual({
      error: 'invalid_client',
    });
    const inBody = { code, code_verifier: verifier, client_secret: PARTNER.client_secret };
    expect((await sim.exchange('us', inBody, { authorization: '' })).status).toBe(200);
  });

  it('9.4 a refresh gives no new refresh token, and the old one stays good', async () => {
    const first = await sim.connect('us', TOM);
    expect(Object.keys(first).sort()).toEqual(['access_token', 'expires_in', 'refresh_token', 'token_type']);
    const form = { grant_type: 'refresh_token', refresh_token: sim.refreshToken };
    for (let i = 0; i < 2; i += 1) {
      const answer = await sim.exchange('us', form);
      expect(Object.keys(answer.body).sort()).toEqual(['access_token', 'expires_in', 'token_type']);
    }
  });

  it('9.4 with rotation the old refresh token is good for another 60 seconds', async () => {
    await sim.connect('us', TOM);
    await sim.switches({ rotate_refresh_tokens: true });
    const form = { grant_type: 'refresh_token', refresh_token: sim.refreshToken };
    const rotated = await sim.exchange('us', form);
    expect(rotated.body['refresh_token']).not.toBe(sim.refreshToken);
    await sim.advance(61_000);
    expect((await sim.exchange('us', form)).body).toEqual({ error: 'invalid_grant' });
  });

  it('9.5 access tokens end after their lifetime, refresh tokens 30 days after the consent, used or not', async () => {
    const first = await sim.connect('us', TOM);
    expect(first['expires_in']).toBe(3600);
    await sim.advance(3_601_000);
    expect((await sim.api('GET', '/firm')).status).toBe(401);
    const form = { grant_type: 'refresh_token', refresh_token: sim.refreshToken };
    await sim.advance(29 * 86_400_000);
    expect((await sim.exchange('us', form)).status).toBe(200);
    await sim.advance(86_400_000);
    expect((await sim.exchange('us', form)).body).toEqual({ error: 'invalid_grant' });
  });

  it('9.6 the access token names scopes and the user; a missing scope is a gateway denial until a new token', async () => {
    await sim.registerPartner('us', { scopes: ['contacts/read'] });
    await sim.connect('us', TOM);
    expect(claimsOf(sim.token)).toMatchObject({
      scope: 'contacts/read',
      client_id: 'partner',
      email: TOM,
      token_use: 'access',
    });
    const denied = await sim.api('GET', '/matters');
    expect([denied.status, String(denied.body['Message'])]).toEqual([
      403,
      expect.stringContaining('execute-api:Invoke'),
    ]);
    await sim.registerPartner('us', { scopes: ['contacts/read', 'matters/read'] });
    expect((await sim.api('GET', '/matters')).status).toBe(403);
    const fresh = await sim.exchange('us', { grant_type: 'refresh_token', refresh_token: sim.refreshToken });
    sim.token = String(fresh.body['access_token']);
    expect((await sim.api('GET', '/matters')).status).toBe(200);
  });

  it('9.7 client credentials: the account prefix for several accounts, hrefs carry it, UserId acts as a user', async () => {
    const [first, second] = [await sim.firm(0), await sim.firm(1)];
    const accounts = [first, second].map((firm) => firm['account_id'] as unknown as string);
    await sim.registerPartner('us', { private_accounts: accounts });
    const token = await sim.exchange('us', { grant_type: 'client_credentials' });
    expect(Object.keys(token.body).sort()).toEqual(['access_token', 'expires_in', 'token_type']);
    sim.token = String(token.body['access_token']);
    expect((await sim.api('GET', '/firm')).status).toBe(403);
    const firm = await sim.api('GET', `/${accounts[1]}/firm`);
    expect([firm.body['id'], String(firm.body['href'])]).toEqual([
      accounts[1],
      expect.stringContaining(`/api/${accounts[1]}/firm`),
    ]);
    const userId = String(second['users']?.[0]?.['userId']);
    const made = await sim.api('POST', `/${accounts[1]}/contacts`, {
      body: { person: { firstName: 'A' } },
      headers: { userid: userId },
    });
    expect(made.status).toBe(202);
    const stranger = { userid: String(first['users']?.[0]?.['userId']) };
    expect((await sim.api('GET', `/${accounts[1]}/firm`, { headers: stranger })).status).toBe(403);
  });

  it.each(['revoke', 'uninstall', 'expiry', 'oauth2/revoke'])(
    '9.8 %s takes the webhook subscriptions away',
    async (how) => {
      await sim.connect('us', TOM);
      const body = { eventTypes: ['contact.created'], eventNotificationUrl: 'http://127.0.0.1:9/' };
      await sim.api('POST', '/webhooks', { body });
      if (how === 'expiry') await sim.advance(30 * 86_400_000 + 1);
      else if (how === 'oauth2/revoke')
        await sim.raw('POST', '/us/auth/oauth2/revoke', `token=${sim.refreshToken}`, {
          'content-type': 'application/x-www-form-urlencoded',
        });
      else await sim.control('POST', `/us/${how}`, {});
      expect((await sim.firm())['webhooks']).toEqual([]);
    },
  );

  it('9.9 no tenant takes the tokens or keys of another', async () => {
    await sim.connect('us', TOM);
    expect((await sim.api('GET', '/firm', { tenant: 'au' })).status).toBe(403);
    for (const tenant of ['us-staging', 'au', 'au-staging', 'uk', 'uk-staging']) {
      await sim.registerPartner(tenant);
      const answer = await sim.api('GET', '/firm', { tenant });
      expect([tenant, answer.status, answer.body]).toEqual([tenant, 401, { message: 'Unauthorized' }]);
    }
  });

  it('expire-tokens ends access tokens at once and leaves the refresh token', async () => {
    await sim.connect('us', TOM);
    await sim.control('POST', '/us/expire-tokens', {});
    expect((await sim.api('GET', '/firm')).status).toBe(401);
    const fresh = await sim.exchange('us', { grant_type: 'refresh_token', refresh_token: sim.refreshToken });
    sim.token = String(fresh.body['access_token']);
    expect((await sim.api('GET', '/firm')).status).toBe(200);
  });
});
