import { GRACE, PARTNER, SimulatorUnderTest, TOM, type Json } from '../testing/simulator-under-test';

const TENANTS = ['us', 'us-staging', 'au', 'au-staging', 'uk', 'uk-staging'];

describe('accounts, consents and tenants', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
  });
  afterAll(() => sim.close());
  beforeEach(async () => {
    await sim.reset();
    await sim.registerPartner('us');
  });

  const accountOf = (index: number): Promise<string> => sim.accountId(index);
  const userOf = async (index: number, email: string): Promise<string> =>
    String((await sim.firm(index))['users']?.find((user) => user['email'] === email)?.['userId']);

  /** A service with its own token for these accounts. */
  const serve = async (...accounts: string[]): Promise<void> => {
    await sim.registerPartner('us', { private_accounts: accounts });
    const token = await sim.exchange('us', { grant_type: 'client_credentials' });
    expect(Object.keys(token.body).sort()).toEqual(['access_token', 'expires_in', 'token_type']);
    sim.token = String(token.body['access_token']);
  };

  it('9.7 client credentials for several accounts need the account in front, and hrefs carry it', async () => {
    const [first, second] = [await accountOf(0), await accountOf(1)];
    await serve(first, second);
    expect((await sim.api('GET', '/firm')).status).toBe(403);
    expect((await sim.api('GET', `/${await sim.accountId(0, 'au')}/firm`)).status).toBe(403);
    for (const account of [first, second]) {
      const firm = await sim.api('GET', `/${account}/firm`);
      const prefix = `/us/api/${account}/`;
      expect([firm.body['id'], String(firm.body['href'])]).toEqual([account, expect.stringContaining(`${prefix}firm`)]);
      const list = await sim.api('GET', `/${account}/matters?Limit=2`);
      const hrefs = [...list.text.matchAll(/"href":"([^"]*)"/g)].map((match) => String(match[1]));
      expect(hrefs.length).toBeGreaterThan(10);
      expect(hrefs.filter((href) => !href.includes(prefix))).toEqual([]);
    }
  });

  it('9.7 client credentials for one account take no prefix', async () => {
    const account = await accountOf(1);
    await serve(account);
    const firm = await sim.api('GET', '/firm');
    expect([firm.body['id'], String(firm.body['href']).includes(account)]).toEqual([account, false]);
    expect((await sim.api('GET', `/${account}/firm`)).status).toBe(403);
  });

  it('9.7 UserId makes a user of the firm the author; without it there is none', async () => {
    const [first, second] = [await accountOf(0), await accountOf(1)];
    await serve(first, second);
    const userId = await userOf(1, GRACE);
    const matter = String((await sim.api('GET', `/${second}/matters?Limit=1`)).list[0]?.['id']);
    const memos = `/${second}/matters/${matter}/memos`;
    const authorOf = async (headers: Record<string, string>): Promise<unknown> => {
      const made = await sim.api('POST', memos, { body: { title: 'T', text: 'x' }, headers });
      return (await sim.api('GET', `${memos}/${String(made.body['id'])}`)).body['createdByUserId'];
    };
    expect(await authorOf({ UserId: userId })).toBe(userId);
    expect(await authorOf({})).toBeUndefined();
    const stranger = { UserId: await userOf(0, TOM) };
    expect((await sim.api('GET', `/${second}/firm`, { headers: stranger })).status).toBe(403);
  });

  it('9.7 UserId decides which matters may be seen', async () => {
    const first = await accountOf(0);
    await serve(first, await accountOf(1));
    const hidden = (await sim.firm())['matters']?.find((matter) => String(matter['description']).startsWith('Drink'));
    const path = `/${first}/matters/${String(hidden?.['id'])}`;
    const statusAs = async (email: string) =>
      (await sim.api('GET', path, { headers: { UserId: await userOf(0, email) } })).status;
    expect(await statusAs('anna.lee@harborpine.example')).toBe(200);
    expect(await statusAs(TOM)).toBe(403);
    expect((await sim.api('GET', path)).status).toBe(200);
  });

  it('9.7 a person’s own consent has no use for UserId', async () => {
    await sim.connect('us', TOM);
    const headers = { UserId: await userOf(1, GRACE) };
    expect((await sim.api('GET', '/firm', { headers })).body['id']).toBe(await accountOf(0));
  });

  const hook: Json = { eventTypes: ['contact.created'], eventNotificationUrl: 'http://127.0.0.1:9/' };
  const hooksOf = async (index: number): Promise<number> => (await sim.firm(index))['webhooks']?.length ?? -1;
  const endings: [string, () => Promise<unknown>][] = [
    ['revoke', async () => sim.control('POST', '/us/revoke', { account_id: await accountOf(0) })],
    ['uninstall', () => sim.control('POST', '/us/uninstall', { client_id: PARTNER.client_id })],
    ['the end of the refresh token', () => sim.advance(30 * 86_400_000 + 1)],
    [
      'revocation by the app itself',
      () =>
        sim.raw('POST', '/us/auth/oauth2/revoke', `token=${sim.refreshToken}`, {
          'content-type': 'application/x-www-form-urlencoded',
        }),
    ],
  ];

  it.each(endings)('9.8 %s takes that connection’s webhook subscriptions away', async (_name, end) => {
    await sim.connect('us', TOM);
    await sim.api('POST', '/webhooks', { body: hook });
    await sim.api('POST', '/webhooks', { body: hook });
    expect(await hooksOf(0)).toBe(2);
    await end();
    expect(await hooksOf(0)).toBe(0);
  });

  it('9.8 another connection of the same application keeps its subscriptions, until it is uninstalled', async () => {
    await sim.connect('us', GRACE);
    await sim.api('POST', '/webhooks', { body: hook });
    await sim.connect('us', TOM);
    await sim.api('POST', '/webhooks', { body: hook });
    await sim.control('POST', '/us/revoke', { account_id: await accountOf(0) });
    expect([await hooksOf(0), await hooksOf(1)]).toEqual([0, 1]);
    await sim.control('POST', '/us/uninstall', {});
    expect([await hooksOf(0), await hooksOf(1)]).toEqual([0, 0]);
  });

  it('9.8 an access token that runs out takes nothing away', async () => {
    await sim.connect('us', TOM);
    await sim.api('POST', '/webhooks', { body: hook });
    await sim.advance(3_601_000);
    expect(await hooksOf(0)).toBe(1);
  });

  it('9.9 no tenant takes the keys of another', async () => {
    await sim.registerPartner('us', { client_id: 'only-us', api_key: 'only us' });
    for (const tenant of TENANTS) await sim.registerPartner(tenant);
    await sim.connect('us', TOM);
    for (const tenant of TENANTS) {
      const answer = await sim.api('GET', '/firm', { tenant, headers: { 'x-api-key': 'only us' } });
      expect([tenant, answer.status]).toEqual([tenant, tenant === 'us' ? 200 : 403]);
    }
  });

  it.each([
    ['us', TOM],
    ['us-staging', TOM],
    ['au', 'tom.jones@wattlewren.example'],
  ])('9.9 no tenant takes the tokens of %s, even with a key of its own', async (home, email) => {
    for (const tenant of TENANTS) await sim.registerPartner(tenant);
    await sim.connect(home, email);
    for (const tenant of TENANTS) {
      const answer = await sim.api('GET', '/firm', { tenant });
      expect([tenant, answer.status]).toEqual([tenant, tenant === home ? 200 : 401]);
      const refreshed = await sim.exchange(tenant, { grant_type: 'refresh_token', refresh_token: sim.refreshToken });
      expect([tenant, refreshed.status]).toEqual([tenant, tenant === home ? 200 : 400]);
    }
  });
});
