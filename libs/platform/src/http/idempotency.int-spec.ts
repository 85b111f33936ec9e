import { ApiError } from './api-error';
import { IdempotencyKeys } from './idempotency';
import type { FastifyRequest } from 'fastify';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';

const HOUR_MS = 3600_000;

describe('Idempotency-Key', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;
  let firmId: string;
  let apiKey: string;

  beforeAll(async () => {
    one = await startApp();
    two = await startApp({ beside: one });
  });
  beforeEach(async () => {
    ({ firmId, apiKey } = await one.firm());
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  const HOOK = { url: 'https://example.com/hook', events: ['*'] };
  const post = async (
    key: string | undefined,
    payload: unknown = HOOK,
    { at = one, url = '/api/v1/webhooks', api = apiKey } = {},
  ) => {
    const headers = {
      'x-api-key': api,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const answer = await at.app.inject({ method: 'POST', url, headers, payload: JSON.stringify(payload) });
    return { status: answer.statusCode, text: answer.body };
  };
  const made = async () =>
    (await one.database.query('select 1 from webhook_endpoints where firm_id = $1', [firmId])).length;
  const codeOf = (answer: { text: string }) => (JSON.parse(answer.text) as { error: { code: string } }).error.code;

  it('gives the first answer again, byte for byte, also in another process, and does the work once', async () => {
    const first = await post('k1');
    expect(first.status).toBe(201);
    expect(await post('k1')).toEqual(first);
    expect(await post('k1', HOOK, { at: two })).toEqual(first);
    expect(await made()).toBe(1);
  });

  it('without one the work is done each time', async () => {
    await post(undefined);
    await post(undefined);
    expect(await made()).toBe(2);
  });

  it('ten at once do the work once; the others are told that it runs, or get its answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => post('k1', HOOK, { at: at % 2 === 0 ? one : two })),
    );
    expect(await made()).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect([answer.status, codeOf(answer)]).toEqual([409, 'idempotency_in_progress']);
  });

  it.each<[string, unknown]>([
    ['another member', { ...HOOK, description: 'x' }],
    ['another order of members', { events: HOOK.events, url: HOOK.url }],
    ['a bad body', { nothing: true }],
  ])('with %s it is a conflict', async (_name, payload) => {
    await post('k1');
    const answer = await post('k1', payload);
    expect([answer.status, codeOf(answer)]).toEqual([409, 'idempotency_conflict']);
    expect(await made()).toBe(1);
  });

  it('is bound to the firm', async () => {
    const other = await one.firm();
    await post('k1');
    expect((await post('k1', { ...HOOK, description: 'theirs' }, { api: other.apiKey })).status).toBe(201);
  });

  it('is bound to the path', async () => {
    await post('k1');
    expect(
      (await post('k1', { filter: {}, dry_run: true }, { url: '/api/v1/integrations/smokeball/sync/retry' })).status,
    ).toBe(200);
  });

  it('is forgotten after 24 h', async () => {
    const first = await post('k1');
    one.clock.advance(24 * HOUR_MS - 1);
    expect((await post('k1')).text).toBe(first.text);
    one.clock.advance(2);
    expect((await post('k1')).text).not.toBe(first.text);
    expect(await made()).toBe(2);
  });

  it('keeps the answer to a wrong body', async () => {
    const first = await post('k1', { nothing: true });
    expect(first.status).toBe(400);
    expect(await post('k1', { nothing: true })).toEqual(first);
    expect(codeOf(await post('k1'))).toBe('idempotency_conflict');
  });

  it.each(['', ' ', 'k 1', 'ü', 'x'.repeat(256)])('that cannot be one is a wrong field: %j', async (key) => {
    const answer = await post(key);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'validation_error']);
  });

  it('keeps the answer sealed: it may hold a secret', async () => {
    const { text } = await post('k1');
    const secret = (JSON.parse(text) as { data: { signing_secret: string } }).data.signing_secret;
    const [row] = await one.database.query<{ text: string }>(
      'select k::text as text from idempotency_keys k where firm_id = $1',
      [firmId],
    );
    expect(row?.text).not.toContain(Buffer.from(secret).toString('hex'));
  });

  describe('around the work itself', () => {
    const request = (key: string) =>
      ({ method: 'POST', url: '/x', headers: { 'idempotency-key': key } }) as unknown as FastifyRequest;
    const once = (work: () => Promise<unknown>, key = 'k1') =>
      one.get(IdempotencyKeys).once(firmId, request(key), 'body', () => 200, work);

    it.each<[string, () => Error, boolean]>([
      ['401', () => new ApiError('unauthorized', ''), false],
      ['403', () => new ApiError('forbidden', ''), false],
      ['429', () => new ApiError('rate_limited', ''), false],
      ['503', () => new ApiError('unavailable', ''), false],
      ['a crash', () => new Error('crash'), false],
      ['404', () => ApiError.notFound('thing'), true],
      ['409', () => new ApiError('conflict', ''), true],
      ['422', () => new ApiError('hash_mismatch', ''), true],
    ])('%s', async (_name, error, isKept) => {
      let runs = 0;
      const work = () => {
        runs += 1;
        return Promise.reject(error());
      };
      for (let round = 0; round < 2; round += 1) await expect(once(work)).rejects.toThrow(error().message);
      expect(runs).toBe(isKept ? 1 : 2);
    });

    it('an empty answer is kept too', async () => {
      expect(await once(() => Promise.resolve(undefined))).toEqual({ status: 200, body: undefined });
      expect(await once(() => Promise.reject(new Error('twice')))).toEqual({ status: 200, body: undefined });
    });

    it('a claim whose process died is open again after two minutes, not before', async () => {
      let runs = 0;
      void once(() => new Promise(() => (runs += 1)));
      while (runs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await expect(once(() => Promise.resolve('again'))).rejects.toMatchObject({ code: 'idempotency_in_progress' });
      one.clock.advance(121_000);
      expect(await once(() => Promise.resolve('again'))).toEqual({ status: 200, body: 'again' });
    });
  });
});
