import { ROLE_SCOPES, type Role, type Scope, SCOPES } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { ApiKeys, type NewKey } from '../keys/api-keys';
import { SESSION_COOKIE, Sessions } from '../users/sessions';
import { Users } from '../users/users';

const PASSWORD = 'correct horse battery staple';
const HOUR_MS = 3600_000;

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly payload?: object;
}

/** One route for each scope, with what makes it answer something else than 403. */
const ROUTES: Readonly<Record<Scope, Call | null>> = {
  'matters:write': { method: 'PUT', url: '/api/v1/matters/mat_1', payload: {} },
  'matters:read': { method: 'GET', url: '/api/v1/matters' },
  'documents:write': { method: 'POST', url: '/api/v1/matters/mat_1/documents', payload: {} },
  'sync:read': { method: 'GET', url: '/api/v1/integrations/smokeball/sync' },
  'sync:write': { method: 'POST', url: '/api/v1/integrations/smokeball/sync', payload: {} },
  'telephony:read': null,
  'webhooks:write': { method: 'POST', url: '/api/v1/webhooks', payload: {} },
};
const SCOPED = SCOPES.flatMap((scope) => (ROUTES[scope] === null ? [] : [{ scope, call: ROUTES[scope] }]));

describe('who may call', () => {
  let one: AppUnderTest;
  let firmId: string;
  let apiKey: string;

  beforeAll(async () => {
    one = await startApp();
    ({ firmId, apiKey } = await one.firm());
  });
  afterAll(() => one.close());

  const call = async (to: Call, headers: Record<string, string> = {}) => {
    const answer = await one.app.inject({ ...to, headers });
    const body =
      answer.body === '' ? {} : answer.json<{ error?: { code: string; details: unknown }; data?: unknown }>();
    return { status: answer.statusCode, code: body.error?.code, body };
  };
  const LIST: Call = { method: 'GET', url: '/api/v1/matters' };
  const userOf = async (role: Role, firm = firmId) => {
    const email = `${role}-${Math.random()}@example.com`;
    const { userId } = await one.get(Users).create(firm, email, role, PASSWORD);
    return { email, userId };
  };
  const sessionOf = async (role: Role, firm = firmId) => {
    const { userId } = await userOf(role, firm);
    const { token, csrf } = await one.get(Sessions).open(firm, userId);
    return { cookie: `${SESSION_COOKIE}=${token}`, 'x-csrf-token': csrf };
  };

  describe('with a key', () => {
    it.each<[string, () => Record<string, string>, number]>([
      ['none', () => ({}), 401],
      ['an unknown one', () => ({ 'x-api-key': 'ml_live_unknown' }), 401],
      ['an empty one', () => ({ 'x-api-key': '' }), 401],
      ['a huge one', () => ({ 'x-api-key': 'x'.repeat(5_000) }), 401],
      ['part of a good one', () => ({ 'x-api-key': apiKey.slice(0, -1) }), 401],
      ['a good one in another header', () => ({ authorization: `Bearer ${apiKey}` }), 401],
      ['a good one', () => ({ 'x-api-key': apiKey }), 200],
      [
        'a good one that names another firm, which only a platform key may',
        () => ({ 'x-api-key': apiKey, 'x-casehug-firm-id': 'firm_other' }),
        200,
      ],
    ])('%s', async (_name, headers, status) => {
      expect((await call(LIST, headers())).status).toBe(status);
    });

    /** A key of these scopes that shows itself, whatever stood before. */
    const freshKey = async (scopes: readonly Scope[]): Promise<NewKey> => {
      const standing = await one.get(ApiKeys).create(firmId, scopes);
      if (standing.apiKey !== null) return standing;
      await one.get(ApiKeys).revoke(standing.id);
      return await freshKey(scopes);
    };

    describe.each(SCOPED)('$scope', ({ scope, call: to }) => {
      it('is needed', async () => {
        const others = await freshKey(SCOPES.filter((other) => other !== scope));
        expect(await call(to, { 'x-api-key': others.apiKey })).toMatchObject({ status: 403, code: 'forbidden' });
      });
      it('is enough', async () => {
        const only = await freshKey([scope]);
        expect([401, 403]).not.toContain((await call(to, { 'x-api-key': only.apiKey })).status);
      });
    });

    it('made again is the same key, which cannot be shown twice', async () => {
      const made = await freshKey(['sync:read']);
      expect(await one.get(ApiKeys).create(firmId, ['sync:read'])).toEqual({ id: made.id, apiKey: null });
      await one.get(ApiKeys).revoke(made.id);
      expect((await one.get(ApiKeys).create(firmId, ['sync:read'])).id).not.toBe(made.id);
    });

    it('revoked, nothing more', async () => {
      const key = await freshKey(SCOPES);
      expect((await call(LIST, { 'x-api-key': key.apiKey })).status).toBe(200);
      expect(await one.get(ApiKeys).revoke(key.id)).toBe(true);
      expect((await call(LIST, { 'x-api-key': key.apiKey })).status).toBe(401);
      expect(await one.get(ApiKeys).revoke('key_unknown')).toBe(false);
    });

    it('is kept as a hash only', async () => {
      const rows = await one.database.query<{ text: string }>(
        'select k::text as text from api_keys k where firm_id = $1',
        [firmId],
      );
      for (const { text } of rows) expect(text).not.toContain(apiKey);
    });

    it('of one firm shows nothing of another, nor that it exists', async () => {
      const other = await one.firm();
      await one.put(other.firmId, 'mat_theirs');
      const theirs: Call = { method: 'GET', url: '/api/v1/matters/mat_theirs' };
      const nobodys: Call = { method: 'GET', url: '/api/v1/matters/mat_nobody' };
      const [real, none] = [await call(theirs, { 'x-api-key': apiKey }), await call(nobodys, { 'x-api-key': apiKey })];
      expect(real).toEqual(none);
      expect(real).toMatchObject({ status: 404, code: 'not_found' });
    });

    it('may not open what is for people: connecting, the console', async () => {
      for (const url of ['/api/v1/integrations/smokeball/connect', '/api/v1/auth/me', '/api/v1/console/overview'])
        expect((await call({ method: 'GET', url }, { 'x-api-key': apiKey })).status).toBe(403);
    });
  });

  describe('with a platform key', () => {
    it('serves the firm it names, and says so when it names none or an unknown one', async () => {
      const { apiKey } = await one.get(ApiKeys).createPlatform();
      const platform = apiKey ?? '';
      const [firm] = await one.database.query<{ id: string }>(
        'select casehug_firm_id as id from firms where firm_id = $1',
        [firmId],
      );
      expect((await call(LIST, { 'x-api-key': platform, 'x-casehug-firm-id': firm?.id ?? '' })).status).toBe(200);
      expect(await call(LIST, { 'x-api-key': platform })).toMatchObject({ status: 400, code: 'validation_error' });
      expect(await call(LIST, { 'x-api-key': platform, 'x-casehug-firm-id': 'firm_nobody' })).toMatchObject({
        status: 404,
        code: 'not_found',
      });
    });
  });

  describe('with a session', () => {
    it.each<Role>(['firm_admin', 'support', 'auditor'])('a %s may what the role may', async (role) => {
      const headers = await sessionOf(role);
      for (const { scope, call: to } of SCOPED) {
        const { status } = await call(to, headers);
        expect([scope, status === 403]).toEqual([scope, !ROLE_SCOPES[role].includes(scope)]);
      }
      const connect = await call({ method: 'GET', url: '/api/v1/integrations/smokeball/connect' }, headers);
      expect(connect.status === 403).toBe(role !== 'firm_admin');
      const settings = await call(
        { method: 'PATCH', url: '/api/v1/integrations/smokeball/status', payload: { settings: {} } },
        headers,
      );
      expect(settings.status).toBe(role === 'firm_admin' ? 200 : 403);
    });

    const POST: Call = {
      method: 'POST',
      url: '/api/v1/integrations/smokeball/sync/retry',
      payload: { filter: {}, dry_run: true },
    };
    it.each<[string, (good: string) => Record<string, string>, number]>([
      ['the cookie’s value', (good) => ({ 'x-csrf-token': good }), 200],
      ['none', () => ({}), 403],
      ['an empty one', () => ({ 'x-csrf-token': '' }), 403],
      ['another one', () => ({ 'x-csrf-token': 'other' }), 403],
      ['part of it', (good) => ({ 'x-csrf-token': good.slice(0, -1) }), 403],
      ['it as a cookie only, which a browser sends by itself', (good) => ({ cookie: `csrf=${good}` }), 403],
    ])('writing needs the csrf token: %s', async (_name, headers, status) => {
      const good = await sessionOf('firm_admin');
      const given = headers(good['x-csrf-token']);
      const cookie = [good.cookie, given['cookie']].filter(Boolean).join('; ');
      const answer = await call(POST, { ...given, cookie });
      expect(answer.status).toBe(status);
      if (status === 403) expect(answer.code).toBe('csrf');
    });

    it('the csrf token of another session is no good', async () => {
      const [mine, other] = [await sessionOf('firm_admin'), await sessionOf('firm_admin')];
      expect((await call(POST, { cookie: mine.cookie, 'x-csrf-token': other['x-csrf-token'] })).code).toBe('csrf');
    });

    it('reading needs no csrf token', async () => {
      const { cookie } = await sessionOf('auditor');
      expect((await call(LIST, { cookie })).status).toBe(200);
    });

    it('a bad key is not saved by a good cookie', async () => {
      const { cookie } = await sessionOf('firm_admin');
      expect((await call(LIST, { cookie, 'x-api-key': 'ml_live_unknown' })).status).toBe(401);
    });

    it('it ends after two hours without use, and use keeps it', async () => {
      const { cookie } = await sessionOf('auditor');
      for (let round = 0; round < 3; round += 1) {
        one.clock.advance(HOUR_MS * 1.9);
        expect((await call(LIST, { cookie })).status).toBe(200);
      }
      one.clock.advance(2 * HOUR_MS + 1);
      expect((await call(LIST, { cookie })).status).toBe(401);
    });

    it('it ends after twelve hours in any case', async () => {
      const { cookie } = await sessionOf('auditor');
      for (let round = 0; round < 11; round += 1) {
        one.clock.advance(HOUR_MS);
        expect((await call(LIST, { cookie })).status).toBe(200);
      }
      one.clock.advance(HOUR_MS);
      expect((await call(LIST, { cookie })).status).toBe(401);
    });

    it('of a user who was disabled is over', async () => {
      const { userId } = await userOf('support');
      const { token } = await one.get(Sessions).open(firmId, userId);
      await one.database.query('update users set disabled_at = now() where id = $1', [userId]);
      expect((await call(LIST, { cookie: `${SESSION_COOKIE}=${token}` })).status).toBe(401);
    });
  });

  describe('signing in', () => {
    const login = (email: string, password: string) =>
      one.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { email, password } });

    it('gives a session that works, its cookies as they have to be, and can be ended', async () => {
      const { email } = await userOf('firm_admin');
      const answer = await login(`  ${email.toUpperCase()} `, PASSWORD);
      expect(answer.json()).toEqual({ data: { user: { email, role: 'firm_admin', firm_id: firmId } } });
      const cookies = [answer.headers['set-cookie'] ?? []].flat();
      const session = cookies.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`)) ?? '';
      const csrf = cookies.find((cookie) => cookie.startsWith('csrf=')) ?? '';
      expect(session).toMatch(/HttpOnly.*SameSite=Lax/);
      expect(csrf).not.toMatch(/HttpOnly/);
      const cookie = session.split(';')[0] ?? '';
      const token = (csrf.split(';')[0] ?? '').slice('csrf='.length);
      expect(await call({ method: 'GET', url: '/api/v1/auth/me' }, { cookie })).toMatchObject({ status: 200 });
      expect(
        (await call({ method: 'POST', url: '/api/v1/auth/logout' }, { cookie, 'x-csrf-token': token })).status,
      ).toBe(204);
      expect((await call({ method: 'GET', url: '/api/v1/auth/me' }, { cookie })).status).toBe(401);
    });

    it('tells a wrong password, an unknown address and an invited user apart for nobody', async () => {
      const { email } = await userOf('support');
      const invited = `invited-${Math.random()}@example.com`;
      await one.get(Users).create(firmId, invited, 'support', null);
      const answers = [
        await login(email, 'wrong password'),
        await login('nobody@example.com', PASSWORD),
        await login(invited, PASSWORD),
      ];
      for (const answer of answers) {
        expect(answer.statusCode).toBe(401);
        expect(answer.json()).toMatchObject({ error: { code: 'invalid_credentials' } });
      }
      expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    });

    it('pauses after ten wrong passwords, for the right one too, and then lets in again', async () => {
      const { email } = await userOf('support');
      for (let round = 0; round < 10; round += 1) await login(email, 'wrong password');
      expect((await login(email, PASSWORD)).statusCode).toBe(401);
      one.clock.advance(31_000);
      expect((await login(email, PASSWORD)).statusCode).toBe(200);
    });

    it('an invitation sets the password once, within seven days', async () => {
      const invite = async () =>
        (await one.get(Users).create(firmId, `${Math.random()}@example.com`, 'support', null)).invitation ?? '';
      const accept = async (token: string) =>
        (
          await one.app.inject({
            method: 'POST',
            url: '/api/v1/auth/invitation',
            payload: { token, password: PASSWORD },
          })
        ).statusCode;
      const token = await invite();
      expect([await accept(token), await accept(token), await accept('inv_unknown')]).toEqual([200, 404, 404]);
      const late = await invite();
      one.clock.advance(7 * 24 * HOUR_MS + 1);
      expect(await accept(late)).toBe(404);
    });

    it('keeps passwords as argon2id and addresses sealed', async () => {
      const { email, userId } = await userOf('support');
      const [row] = await one.database.query<{ password_hash: string; text: string }>(
        'select password_hash, u::text as text from users u where id = $1',
        [userId],
      );
      expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(row?.text).not.toContain(Buffer.from(email).toString('hex'));
    });

    it('an address belongs to one firm', async () => {
      const { email, userId } = await userOf('support');
      expect(await one.get(Users).create(firmId, email, 'support', null)).toMatchObject({
        userId,
        existed: true,
        invitation: null,
      });
      const other = await one.firm();
      await expect(one.get(Users).create(other.firmId, email, 'support', null)).rejects.toThrow('another firm');
    });
  });
});
