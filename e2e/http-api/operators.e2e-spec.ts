import { ConsoleSession, cookiesOf } from '../support/console-session';
import { call } from '../support/http';
import { newId } from '../support/new-id';
import { openWorld, type World, WORLD_MS } from '../support/world';

const LOGIN = '/api/v1/auth/login';
const ME = '/api/v1/auth/me';

describe('operators’ commands and signing in', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()), WORLD_MS);
  afterAll(async () => world?.product.stop(), 60_000);

  const cli = (args: string[], input?: string) => world.product.cli(args, input);
  const open = (method: string, path: string, options = {}) => call(method, `${world.product.apiUrl}${path}`, options);

  it('makes a firm, a user and a PBX once, and gives secrets once', async () => {
    const id = newId('firm');
    const firm = ['firm:create', '--name', 'Repeat & Co', '--casehug-firm-id', id, '--region', 'uk', '--timezone', 'Europe/London']; // prettier-ignore
    const made = (await cli(firm)).json;
    expect(made).toEqual({ firm_id: expect.stringMatching(/^frm_/), api_key: expect.stringMatching(/^ml_live_/), casehug_webhook_secret: expect.stringMatching(/^whsec_/) }); // prettier-ignore
    expect((await cli(firm)).json).toEqual({ firm_id: made.firm_id });
    const pbx = [
      'pbx:create',
      '--firm',
      made.firm_id as string,
      '--domain',
      `${id.replace('_', '-')}.example`,
      '--country',
      'GB',
    ];
    const tenant = (await cli(pbx)).json;
    expect(tenant).toEqual({ tenant_id: expect.any(String), tenant_key: expect.any(String) });
    expect((await cli(pbx)).json).toEqual({ tenant_id: tenant.tenant_id });
    const user = ['user:create', '--firm', id, '--email', `a@${id.replace('_', '-')}.example`, '--role', 'auditor'];
    const withPassword = (await cli([...user, '--password-stdin'], 'correct horse battery')).json;
    expect(withPassword).toEqual({ user_id: expect.stringMatching(/^usr_/) });
    expect((await cli([...user, '--password-stdin'], 'correct horse battery')).json).toEqual(withPassword);
    const invited = ['user:create', '--firm', id, '--email', `b@${id.replace('_', '-')}.example`, '--role', 'support'];
    expect((await cli(invited)).json).toEqual({ user_id: expect.any(String), invitation_url: expect.stringContaining(world.product.env['PUBLIC_URL'] ?? world.product.apiUrl) }); // prettier-ignore
    expect((await cli(['migrate'])).code).toBe(0);
    const status = (await cli(['status'])).json;
    expect(status.firms).toContainEqual(expect.objectContaining({ casehug_firm_id: id, state: 'disconnected' }));
    expect(status.firms).toContainEqual(expect.objectContaining({ firm_id: world.firm.id, state: 'connected', webhooks: 'active' })); // prettier-ignore
  }, 60_000);

  it.each([
    ['an unknown command', ['firm:sell'], /firm:sell/],
    ['no command', [], /command/],
    ['an unknown option', ['firm:create', '--nam', 'x'], /nam/],
    ['a missing option', ['firm:create', '--name', 'x'], /casehug-firm-id/],
    ['a wrong region', ['firm:create', '--name', 'x', '--casehug-firm-id', 'y', '--region', 'fr'], /us, au, uk/],
    ['a firm that nobody knows', ['firm:set', '--firm', 'firm_nobody', 'lead=true'], /firm_nobody/],
    ['a scope that nobody knows', ['apikey:create', '--firm', 'firm_nobody', '--scopes', 'all'], /firm_nobody|scopes/i],
    ['a key that nobody knows', ['apikey:revoke', 'key_nobody'], /key_nobody/],
  ])(
    'fails with one clear line: %s',
    async (_what, args, line) => {
      const result = await cli(args);
      expect(result.code).toBe(1);
      expect(result.stdout).toBe('');
      const said = result.stderr.trim().split('\n');
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(line);
    },
    30_000,
  );

  it('names every wrong setting, and changes none of them', async () => {
    const set = (...words: string[]) => cli(['firm:set', '--firm', world.firm.caseHugId, ...words]);
    const wrong = await set('lead=perhaps', 'colour=blue', 'send_number=false');
    expect([wrong.code, wrong.stderr.trim().split('\n')]).toEqual([
      1,
      [expect.stringMatching(/(?=.*lead)(?=.*colour)/)],
    ]);
    const status = async () =>
      (await world.firm.api('GET', '/api/v1/integrations/smokeball/status')).body.data.settings;
    expect((await status()).send_number).toBe(true);
    expect((await set('send_number=false', 'tolerance_s=60')).code).toBe(0);
    expect(await status()).toMatchObject({ send_number: false, tolerance_s: 60 });
  }, 30_000);

  it('signs in, says who it is, and signs out', async () => {
    const { email, password } = world.firm.admin;
    const answer = await open('POST', LOGIN, { json: { email, password } });
    expect([answer.status, answer.body]).toEqual([200, { data: { user: { email, role: 'firm_admin', firm_id: world.firm.id } } }]); // prettier-ignore
    const lines = answer.headers.getSetCookie();
    const [secret, csrf] = [
      lines.find((line) => !line.startsWith('csrf=')),
      lines.find((line) => line.startsWith('csrf=')),
    ];
    expect(secret).toMatch(/HttpOnly/i);
    expect(secret).toMatch(/SameSite=Lax/i);
    expect(secret).not.toMatch(/Secure/i);
    expect(csrf).not.toMatch(/HttpOnly/i);
    const cookie = [...cookiesOf(answer)].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await open('GET', ME, { headers: { cookie } })).body.data.user).toEqual({ email, role: 'firm_admin', firm_id: world.firm.id }); // prettier-ignore
    for (const wrong of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': 'guess' }]) {
      const refused = await open('POST', '/api/v1/auth/logout', { headers: { cookie, ...wrong } });
      expect([refused.status, refused.body.error.code]).toEqual([403, 'csrf']);
    }
    const token = cookiesOf(answer).get('csrf') ?? '';
    expect((await open('POST', '/api/v1/auth/logout', { headers: { cookie, 'x-csrf-token': token } })).status).toBe(
      204,
    );
    expect((await open('GET', ME, { headers: { cookie } })).status).toBe(401);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const { email } = world.firm.admin;
    const wrong = await open('POST', LOGIN, { json: { email, password: 'not this one' } });
    const unknown = await open('POST', LOGIN, { json: { email: `nobody-${email}`, password: 'not this one' } });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 'invalid_credentials']);
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
    expect(unknown.headers.getSetCookie()).toEqual([]);
    expect((await open('POST', LOGIN, { json: { email: 7 } })).status).toBe(400);
  });

  it('lets a session use the service API of its own firm as far as its role allows', async () => {
    const session = world.firm.session;
    expect((await session.call('GET', '/api/v1/matters')).status).toBe(200);
    expect((await session.call('GET', '/api/v1/integrations/smokeball/sync')).body.data[0] ?? { title: '' }).toHaveProperty('title'); // prettier-ignore
    const email = `auditor@${newId('x').replace('_', '-')}.example`;
    await cli(['user:create', '--firm', world.firm.id, '--email', email, '--role', 'auditor', '--password-stdin'], 'a long password'); // prettier-ignore
    const auditor = await ConsoleSession.signIn(world.product.apiUrl, email, 'a long password');
    expect((await auditor.call('GET', '/api/v1/matters')).status).toBe(200);
    const writes = [
      ['PUT', '/api/v1/matters/mat_1'],
      ['POST', '/api/v1/integrations/smokeball/sync'],
      ['POST', '/api/v1/integrations/smokeball/sync/op_1/retry'],
      ['POST', '/api/v1/webhooks'],
      ['POST', '/api/v1/integrations/smokeball/disconnect'],
    ] as const;
    for (const [method, path] of writes)
      expect([path, (await auditor.call(method, path, { json: {} })).status]).toEqual([path, 403]);
  }, 30_000);

  it('accepts an invitation once', async () => {
    const email = `new@${newId('x').replace('_', '-')}.example`;
    const made = (await cli(['user:create', '--firm', world.firm.id, '--email', email, '--role', 'support'])).json;
    const token = new URL(made.invitation_url as string).hash.slice(1);
    const json = { token, password: 'a brand new password' };
    expect((await open('POST', '/api/v1/auth/invitation', { json })).status).toBe(200);
    expect((await open('POST', '/api/v1/auth/invitation', { json })).status).toBe(404);
    await ConsoleSession.signIn(world.product.apiUrl, email, json.password);
  }, 30_000);
});
