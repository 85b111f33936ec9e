import { GRACE, PARTNER, REDIRECT, SimulatorUnderTest, TOM, type RawAnswer } from '../testing/simulator-under-test';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the authorization endpoint and its codes', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
  });
  afterAll(() => sim.close());
  beforeEach(async () => {
    await sim.reset();
    await sim.registerPartner('us');
  });

  const good = {
    response_type: 'code',
    client_id: PARTNER.client_id,
    redirect_uri: REDIRECT,
    state: 'a b&c',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  };
  const pathFor = (query: Record<string, string>): string =>
    `/us/auth/oauth2/authorize?${new URLSearchParams(query).toString()}`;
  const redirectOf = (answer: RawAnswer): URLSearchParams =>
    new URL(String(answer.headers['location'] ?? 'http://none')).searchParams;

  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['another path', { redirect_uri: 'http://localhost:5555/callbacks?from=smokeball' }],
    ['a trailing slash', { redirect_uri: 'http://localhost:5555/callback/?from=smokeball' }],
    ['another port', { redirect_uri: 'http://localhost:5556/callback?from=smokeball' }],
    ['another scheme', { redirect_uri: 'https://localhost:5555/callback?from=smokeball' }],
    ['no query', { redirect_uri: 'http://localhost:5555/callback' }],
  ])('9.1 authorize sends nothing anywhere for %s', async (_name, change) => {
    const answer = await sim.raw('GET', pathFor({ ...good, ...change }));
    expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['an unknown client', { client_id: 'nobody' }, ['invalid_client', 'Compare the client_id', 'nobody']],
    ['another address', { redirect_uri: 'http://localhost:5555/callback' }, ['redirect_mismatch', 'Compare the redirect_uri', `Registered: ${REDIRECT}`]], // prettier-ignore
  ])('says what to compare: %s', async (_name, change, words) => {
    const { text } = await sim.raw('GET', pathFor({ ...good, ...change }));
    for (const word of words) expect(text).toContain(word);
  });

  it('offers every person of both firms who works there, and stands in nobody’s frame', async () => {
    await sim.switches({ auto_approve: false });
    const page = await sim.raw('GET', pathFor(good));
    const { firms } = (await sim.control('GET', '/us/state')).body as {
      firms: { staff: { email: string; former: boolean; enabled: boolean; userId?: string }[] }[];
    };
    const offered = [...page.text.matchAll(/<li>([^<]+@[^<]+)<\/li>/g)].map(([, email]) => email);
    const there = firms.flatMap(({ staff }) => staff.filter((one) => one.userId && one.enabled && !one.former));
    expect(offered).toEqual(there.map(({ email }) => email));
    expect(offered).toEqual(expect.arrayContaining([TOM, GRACE]));
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.text).toContain('billing settings');
  });

  it.each([
    ['response_type=token', { response_type: 'token' }, 'unsupported_response_type'],
    ['the plain method of PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a scope the app does not have', { scope: 'contacts/read nothing/read' }, 'invalid_scope'],
  ])('9.1 authorize goes back with an error and the state for %s', async (_name, change, error) => {
    const to = redirectOf(await sim.raw('GET', pathFor({ ...good, ...change })));
    expect([to.get('error'), to.get('state'), to.get('code')]).toEqual([error, 'a b&c', null]);
  });

  it('9.1 a consent page; a wrong password stays there, deny and allow go back with the unchanged state', async () => {
    await sim.switches({ auto_approve: false });
    const page = await sim.raw('GET', pathFor(good));
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('name="email"')]);
    expect(page.text).toContain('See and change contacts');
    const post = (text: string) => sim.raw('POST', pathFor(good), text, FORM);
    expect((await post(`email=${TOM}&password=wrong&decision=allow`)).status).toBe(401);
    const denied = redirectOf(await post('decision=deny'));
    expect([denied.get('error'), denied.get('state'), denied.get('code')]).toEqual(['access_denied', 'a b&c', null]);
    const allowed = redirectOf(await post(`email=${TOM}&password=demo&decision=allow`));
    expect(allowed.get('code')).toMatch(/.+/);
    expect([allowed.get('state'), allowed.get('from'), allowed.get('error')]).toEqual(['a b&c', 'smokeball', null]);
  });

  it('9.1 with auto_approve no page: the user is the hint, else the e-mail of the switch, else the first', async () => {
    const userOf = async (query: Record<string, string>): Promise<unknown> => {
      const code = redirectOf(await sim.raw('GET', pathFor({ ...good, ...query }))).get('code') ?? '';
      const form = { code, code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' };
      const token = String((await sim.exchange('us', form)).body['access_token']);
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { email: string };
      return claims.email;
    };
    expect(await userOf({ login_hint: 'anna.lee@harborpine.example' })).toBe('anna.lee@harborpine.example');
    expect(await userOf({})).toBe(TOM);
    await sim.switches({ auto_approve_email: 'grace.okafor@lakesidelegal.example' });
    expect(await userOf({})).toBe('grace.okafor@lakesidelegal.example');
  });

  it('9.1 a former user cannot sign in', async () => {
    await sim.switches({ auto_approve: false });
    const text = 'email=marcus.webb@harborpine.example&password=demo&decision=allow';
    expect((await sim.raw('POST', pathFor(good), text, FORM)).status).toBe(401);
  });

  it('9.2 a code works once', async () => {
    const { code, verifier } = await sim.authorize('us', TOM);
    expect((await sim.exchange('us', { code, code_verifier: verifier })).status).toBe(200);
    const again = await sim.exchange('us', { code, code_verifier: verifier });
    expect([again.status, again.body]).toEqual([400, { error: 'invalid_grant' }]);
  });

  it.each([
    ['a wrong verifier', { code_verifier: 'x'.repeat(43) }],
    ['another redirect_uri', { redirect_uri: 'http://localhost:5555/' }],
  ])('9.2 %s is refused and burns the code', async (_name, wrong) => {
    const { code, verifier } = await sim.authorize('us', TOM);
    const right = { code, code_verifier: verifier };
    expect((await sim.exchange('us', { ...right, ...wrong })).body).toEqual({ error: 'invalid_grant' });
    expect((await sim.exchange('us', right)).body).toEqual({ error: 'invalid_grant' });
  });

  it('9.2 a code with a challenge needs its verifier', async () => {
    const { code } = await sim.authorize('us', TOM);
    expect((await sim.exchange('us', { code })).body).toEqual({ error: 'invalid_grant' });
  });

  it('9.2 a code lives for five minutes, or as long as the switch says', async () => {
    const early = await sim.authorize('us', TOM);
    await sim.advance(295_000);
    expect((await sim.exchange('us', { code: early.code, code_verifier: early.verifier })).status).toBe(200);
    const late = await sim.authorize('us', TOM);
    await sim.advance(300_001);
    const refused = await sim.exchange('us', { code: late.code, code_verifier: late.verifier });
    expect(refused.body).toEqual({ error: 'invalid_grant' });
    await sim.switches({ code_ttl_s: 600 });
    const longer = await sim.authorize('us', TOM);
    await sim.advance(300_001);
    expect((await sim.exchange('us', { code: longer.code, code_verifier: longer.verifier })).status).toBe(200);
  });

  it('9.2 a public client must use PKCE, and needs no secret', async () => {
    await sim.registerPartner('us', { public: true, client_secret: undefined });
    const { code_challenge: _c, code_challenge_method: _m, ...without } = good;
    expect(redirectOf(await sim.raw('GET', pathFor(without))).get('error')).toBe('invalid_request');
    const { code, verifier } = await sim.authorize('us', TOM);
    expect((await sim.exchange('us', { code, code_verifier: verifier }, { authorization: '' })).status).toBe(200);
  });

  it('9.2 a client with a secret may go without PKCE', async () => {
    const { code_challenge: _c, code_challenge_method: _m, ...without } = good;
    const code = redirectOf(await sim.raw('GET', pathFor(without))).get('code') ?? '';
    expect((await sim.exchange('us', { code })).status).toBe(200);
  });
});
