import { createHash } from 'node:crypto';
import { AccessTokenUnavailable } from '@matterline/smokeball-client';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { type FakeAnswer, type FakeServer, json, reset, startFakeServer } from '../../../../config/testing/stand-in';
import { SmokeballAccess, type SmokeballPlace } from '../smokeball/smokeball-access';
import { ConnectionListeners } from './connection-listeners';
import { ConnectionRecords } from './connection-records';
import { ConnectionTokens, REFRESH_MARGIN_MS, TokenEndpointAway } from './connection-tokens';
import { OAuthStates, STATE_LIFETIME_MS } from './oauth-states';

const HOUR_MS = 3600_000;

interface Row {
  readonly state: string;
  readonly access_token_enc: Buffer | null;
  readonly refresh_token_enc: Buffer | null;
  readonly hook_state: string;
  readonly hook_checked_at: Date | null;
}

describe('a firm’s connection', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;
  let smokeball: FakeServer;
  let firmId: string;
  let place: SmokeballPlace;

  beforeAll(async () => {
    smokeball = await startFakeServer();
    one = await startApp({ smokeballUrl: smokeball.url });
    two = await startApp({ beside: one });
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    await one.connect(firmId);
    const found = await one.get(SmokeballAccess).place(firmId);
    if (!found) throw new Error('not configured');
    place = found;
    smokeball.seen.length = 0;
    smokeball.answer(refreshed('access-2', 'refresh-2'));
  });
  afterAll(async () => {
    await two.close();
    await one.close();
    await smokeball.close();
  });

  const refreshed = (access: string, refresh?: string): FakeAnswer =>
    json(200, {
      access_token: access,
      ...(refresh ? { refresh_token: refresh } : {}),
      expires_in: 3600,
      token_type: 'Bearer',
    });
  const row = async () => (await one.database.query<Row>('select * from connections where firm_id = $1', [firmId]))[0];
  const token = (at = one) => at.get(ConnectionTokens).accessToken(firmId, place);
  /** The access token ends in this long. */
  const endsIn = (ms: number) =>
    one.database.query('update connections set access_expires_at = $2 where firm_id = $1', [firmId, one.clock.in(ms)]);
  const refreshToken = async () => {
    const found = await row();
    const place2 = { ...found } as unknown as Parameters<ConnectionTokens['refreshToken']>[1];
    return one.get(ConnectionTokens).refreshToken(firmId, place2);
  };

  describe('its tokens', () => {
    it('are sealed', async () => {
      const found = await row();
      expect(found?.access_token_enc?.includes('access-1')).toBe(false);
      expect(found?.refresh_token_enc?.includes('refresh-1')).toBe(false);
    });

    it.each([
      ['long before their end are used as they are', REFRESH_MARGIN_MS + 1_000, 'access-1', 0],
      ['shortly before their end are renewed', REFRESH_MARGIN_MS - 1_000, 'access-2', 1],
      ['after their end are renewed', -HOUR_MS, 'access-2', 1],
    ])('%s', async (_name, endMs, expected, calls) => {
      await endsIn(endMs);
      expect(await token()).toBe(expected);
      expect(smokeball.seen).toHaveLength(calls);
    });

    it('are renewed with the refresh token, the client id and the secret', async () => {
      await endsIn(-1);
      await token();
      const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = smokeball.seen;
      expect(url).toBe('/auth/oauth2/token');
      expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
        grant_type: 'refresh_token',
        refresh_token: 'refresh-1',
        client_id: 'client-1',
      });
      expect(headers.authorization).toBe(`Basic ${Buffer.from('client-1:secret-1').toString('base64')}`);
    });

    it('are renewed once when many ask at once in two processes', async () => {
      await endsIn(-1);
      smokeball.answer(
        (request, response, incoming) =>
          void setTimeout(() => refreshed('access-2', 'refresh-2')(request, response, incoming), 50),
      );
      const tokens = await Promise.all(Array.from({ length: 12 }, (_, at) => token(at % 2 === 0 ? one : two)));
      expect(new Set(tokens)).toEqual(new Set(['access-2']));
      expect(smokeball.seen).toHaveLength(1);
    });

    it('that Smokeball refused to many at once are renewed once', async () => {
      smokeball.answer(
        (request, response, incoming) =>
          void setTimeout(() => refreshed('access-2', 'refresh-2')(request, response, incoming), 50),
      );
      const tokens = await Promise.all([one, two, one, two].map((at) => at.get(ConnectionTokens).renew(firmId, place)));
      expect(new Set(tokens)).toEqual(new Set(['access-2']));
      expect(smokeball.seen).toHaveLength(1);
    });

    it('rotated are kept; one that is not given again stays', async () => {
      await endsIn(-1);
      await token();
      expect(await refreshToken()).toBe('refresh-2');
      await endsIn(-1);
      smokeball.answer(refreshed('access-3'));
      expect(await token()).toBe('access-3');
      expect(await refreshToken()).toBe('refresh-2');
    });

    it('rotated by one process are what the other uses: the old one, good for nothing any more, is not sent', async () => {
      let valid = 'refresh-1';
      let count = 1;
      smokeball.answer((request, response, incoming) => {
        const sent = new URLSearchParams(request.body).get('refresh_token');
        if (sent !== valid) return json(400, { error: 'invalid_grant' })(request, response, incoming);
        count += 1;
        valid = `refresh-${count}`;
        const answer = refreshed(`access-${count}`, valid);
        setTimeout(() => answer(request, response, incoming), 20);
      });
      for (let round = 0; round < 5; round += 1) {
        await endsIn(-1);
        await Promise.all([one, two, one, two, two].map((at) => token(at)));
        await Promise.all([two, one].map((at) => at.get(ConnectionTokens).renew(firmId, place)));
      }
      expect(await row()).toMatchObject({ state: 'connected' });
      expect(await refreshToken()).toBe(valid);
      expect(smokeball.seen).toHaveLength(10);
    });

    it('refused for good are told once to whoever listens, though many ask in two processes', async () => {
      await endsIn(-1);
      const told: string[] = [];
      for (const at of [one, two])
        at.get(ConnectionListeners).register({ needsReauth: (of) => Promise.resolve(void told.push(of)) });
      smokeball.answer(json(400, { error: 'invalid_grant' }));
      const asked = await Promise.allSettled([one, two, one, two].map((at) => token(at)));
      expect(asked.every(({ status }) => status === 'rejected')).toBe(true);
      expect(told).toEqual([firmId]);
      expect(smokeball.seen).toHaveLength(1);
    });

    it('carry the rights Smokeball has given since, which the next look shows', async () => {
      await endsIn(-1);
      const claims = Buffer.from(JSON.stringify({ scope: 'matters/read tasks/write' })).toString('base64url');
      smokeball.answer(refreshed(`h.${claims}.s`));
      await token();
      expect(await row()).toMatchObject({ scopes: ['matters/read', 'tasks/write'], token_issued_at: one.clock.now() });
    });

    it('refused for good end the connection, with a record, and nothing is asked any more', async () => {
      await endsIn(-1);
      smokeball.answer(json(400, { error: 'invalid_grant' }));
      await expect(token()).rejects.toThrow(AccessTokenUnavailable);
      expect(await row()).toMatchObject({ state: 'needs_reauth', access_token_enc: null, hook_state: 'missing' });
      await expect(token()).rejects.toThrow(AccessTokenUnavailable);
      expect(smokeball.seen).toHaveLength(1);
      const audited = await one.database.query<{ action: string }>(
        `select action from audit_entries where firm_id = $1 and action = 'connection.ended'`,
        [firmId],
      );
      expect(audited).toHaveLength(1);
    });

    const passing: readonly [string, FakeAnswer][] = [
      ['does not answer', reset],
      ['answers 503', json(503, {})],
      ['answers 429', json(429, {})],
      ['does not know our secret', json(401, { error: 'invalid_client' })],
      ['answers nonsense', json(200, { hello: 'world' })],
    ];
    it.each(passing)('stay while the token endpoint %s: the connection is as good as before', async (_name, answer) => {
      await endsIn(-1);
      smokeball.answer(answer);
      await expect(token()).rejects.toThrow(TokenEndpointAway);
      expect(await one.get(ConnectionTokens).renew(firmId, place)).toBeNull();
      expect(await row()).toMatchObject({ state: 'connected' });
      expect(await refreshToken()).toBe('refresh-1');
      smokeball.answer(refreshed('access-2'));
      expect(await token()).toBe('access-2');
    });

    it.each(['disconnected', 'needs_reauth'])('are not given out when the firm is %s', async (state) => {
      await one.database.query('update connections set state = $2 where firm_id = $1', [firmId, state]);
      await expect(token()).rejects.toThrow(AccessTokenUnavailable);
      expect(smokeball.seen).toEqual([]);
    });
  });

  describe('its beginning', () => {
    const begin = (accountId: string) =>
      one.inFirm(firmId, (scope) =>
        one.get(ConnectionRecords).begin(scope, {
          accountId,
          firmName: 'Firm',
          tokens: { accessToken: 'a', refreshToken: 'r', expiresInS: 3600 },
          userId: 'usr_1',
        }),
      );

    it('is marked as looked at, so that no watchdog elsewhere makes a second registration', async () => {
      expect(await begin('acc-1')).toBe(true);
      expect(await row()).toMatchObject({
        state: 'connected',
        hook_state: 'pending',
        hook_checked_at: one.clock.now(),
      });
    });

    it('with another account is refused once there are links, and changes nothing', async () => {
      await one.put(firmId, 'mat_1');
      await one.database.query(`update matter_links set account_id = 'acc-1' where firm_id = $1`, [firmId]);
      expect(await begin('acc-2')).toBe(false);
      expect(await row()).toMatchObject({ state: 'connected', account_id: 'acc-1' });
    });
  });

  describe('a state of the sign-in', () => {
    const open = () =>
      one.inFirm(firmId, (scope) => one.get(OAuthStates).open(scope, { purpose: 'connection', userId: 'usr_1' }));
    const take = (state: string, at = one) => at.get(OAuthStates).take(state);

    it('gives back what it was opened for, with the verifier of its challenge', async () => {
      const { state, codeChallenge } = await open();
      const taken = await take(state);
      expect(taken).toMatchObject({ firmId, for: { purpose: 'connection', userId: 'usr_1' } });
      expect(
        createHash('sha256')
          .update(taken?.verifier ?? '')
          .digest('base64url'),
      ).toBe(codeChallenge);
    });

    it('is used once', async () => {
      const { state } = await open();
      expect(await take(state)).not.toBeNull();
      expect(await take(state)).toBeNull();
    });

    it('is used once, in two processes at the same moment too', async () => {
      const { state } = await open();
      const taken = await Promise.all([one, two, one, two].map((at) => take(state, at)));
      expect(taken.filter((found) => found !== null)).toHaveLength(1);
    });

    it.each([
      [STATE_LIFETIME_MS - 1, true],
      [STATE_LIFETIME_MS, false],
      [STATE_LIFETIME_MS + HOUR_MS, false],
    ])('after %i ms still works: %s', async (ms, works) => {
      const { state } = await open();
      one.clock.advance(ms);
      expect((await take(state)) !== null).toBe(works);
    });

    it.each(['', 'unknown', 'x'.repeat(4_000)])('that nobody opened is none: %j', async (state) => {
      expect(await take(state)).toBeNull();
    });

    it('is kept as a hash, its verifier sealed', async () => {
      const { state } = await open();
      const taken = await one.database.query<{ text: string }>(
        'select s::text as text from oauth_states s where firm_id = $1',
        [firmId],
      );
      expect(taken[0]?.text).not.toContain(state);
    });

    it('that is wrong leads back to the console with a word about it, and asks Smokeball nothing', async () => {
      const used = await open();
      await take(used.state);
      for (const query of [
        `state=${used.state}&code=c`,
        'state=unknown&code=c',
        'code=c',
        'state=',
        'state=a&state=b',
      ]) {
        const answer = await one.app.inject({ method: 'GET', url: `/api/v1/integrations/smokeball/callback?${query}` });
        expect([answer.statusCode, answer.headers.location]).toEqual([
          302,
          'http://matterline.test/settings/integrations?error=invalid_state',
        ]);
      }
      expect(smokeball.seen).toEqual([]);
    });
  });
});
