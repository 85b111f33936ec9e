import { webhookCreateSchema } from '@matterline/contracts';
import { Webhook } from 'standardwebhooks';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { type FakeAnswer, type FakeServer, json, reset, startFakeServer } from '../../../../config/testing/stand-in';
import { Deliver } from './deliver';
import { Endpoints } from './endpoints';
import { OutgoingEvents } from './outgoing-events';

const HOUR_MS = 3600_000;

interface Row {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly next_attempt_at: Date | null;
}

describe('events to CaseHug', () => {
  let one: AppUnderTest;
  let receiver: FakeServer;
  let firmId: string;

  beforeAll(async () => {
    one = await startApp();
    receiver = await startFakeServer();
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    receiver.seen.length = 0;
    receiver.answer(json(200, {}));
  });
  afterAll(async () => {
    await receiver.close();
    await one.close();
  });

  const register = async (events: string[] = ['*'], path = '/hook') => {
    const wish = webhookCreateSchema.parse({ url: `${receiver.url}${path}`, events });
    return (await one.get(Endpoints).add(firmId, wish, 'key:key_1')) as { id: string; signing_secret: string };
  };
  const emit = (
    matterId: string | null,
    dedupeKey = String(Math.random()),
    type: 'matter.updated' | 'matter.linked' = 'matter.updated',
  ) =>
    one.inFirm(firmId, (scope) =>
      one.get(OutgoingEvents).emit(scope, { type, matterId, data: { smokeball_matter_id: 'm-1' }, dedupeKey }),
    );
  const rows = async () =>
    await one.database.query<Row>(
      'select id, state, attempts, last_status, last_error, next_attempt_at from deliveries where firm_id = $1 order by position, id',
      [firmId],
    );
  const run = async (at: number) => {
    const row = (await rows())[at];
    if (!row) throw new Error(`no delivery ${at}`);
    await one.get(Deliver).run(firmId, row.id);
    return (await rows())[at];
  };
  /** Moves the clock to when the address may be asked, and the first that waits is due. */
  const untilDue = async () => {
    const [due] = await one.database.query<{ at: Date | null }>(
      `select greatest(p.not_before, (select min(next_attempt_at) from deliveries d where d.endpoint_id = p.id and d.next_attempt_at > $2)) as at
         from webhook_endpoints p where p.firm_id = $1`,
      [firmId, one.clock.now()],
    );
    one.clock.advance(Math.max(0, (due?.at?.getTime() ?? 0) - one.clock.nowMs()));
  };
  const bodies = () =>
    receiver.seen.map(
      ({ body }) => JSON.parse(body) as { id: string; type: string; firm_id: string; data: Record<string, unknown> },
    );

  it('are signed as Standard Webhooks has it, and the package of that standard agrees', async () => {
    const { signing_secret: secret } = await register();
    await emit('mat_1');
    expect(await run(0)).toMatchObject({ state: 'delivered', attempts: 1, last_status: 200, last_error: null });
    const [sent] = receiver.seen;
    if (!sent) throw new Error('nothing was sent');
    const { headers, body } = sent;
    const signed = {
      'webhook-id': String(headers['webhook-id']),
      'webhook-timestamp': String(headers['webhook-timestamp']),
      'webhook-signature': String(headers['webhook-signature']),
    };
    // The package judges freshness by the machine's clock, which the test does not move; so we show it the moment of sending.
    jest.useFakeTimers({ now: one.clock.now(), doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval'] });
    try {
      expect(new Webhook(secret).verify(body, signed)).toEqual(JSON.parse(body));
      expect(() => new Webhook(secret).verify(`${body} `, signed)).toThrow();
      expect(() => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(body, signed)).toThrow();
    } finally {
      jest.useRealTimers();
    }
    expect(headers['webhook-id']).toBe(bodies()[0]?.id);
    expect(headers['content-type']).toBe('application/json');
  });

  it('carry CaseHug’s firm id and the ids of the matter', async () => {
    await register();
    await emit('mat_1');
    await run(0);
    const [firm] = await one.database.query<{ id: string }>(
      'select casehug_firm_id as id from firms where firm_id = $1',
      [firmId],
    );
    expect(bodies()[0]).toEqual({
      id: expect.stringMatching(/^evt_/),
      type: 'matter.updated',
      created_at: one.clock.now().toISOString(),
      firm_id: firm?.id,
      data: { matter_id: 'mat_1', smokeball_matter_id: 'm-1', occurred_at: one.clock.now().toISOString() },
    });
  });

  it('go to those who asked for the type, and to no other firm', async () => {
    const all = await register(['*'], '/all');
    const linked = await register(['matter.linked'], '/linked');
    const mine = firmId;
    ({ firmId } = await one.firm());
    await register(['*'], '/stranger');
    firmId = mine;
    await emit('mat_1');
    await emit('mat_1', 'k2', 'matter.linked');
    const found = await one.database.query<{ endpoint_id: string; type: string }>(
      'select d.endpoint_id, e.type from deliveries d join events_out e on e.id = d.event_id where d.firm_id = $1',
      [firmId],
    );
    expect(
      found
        .map(
          (row) => `${row.type} ${row.endpoint_id === all.id ? 'all' : row.endpoint_id === linked.id ? 'linked' : '?'}`,
        )
        .sort(),
    ).toEqual(['matter.linked all', 'matter.linked linked', 'matter.updated all']);
  });

  it('with the same key are told once', async () => {
    await register();
    await emit('mat_1', 'same');
    await emit('mat_1', 'same');
    expect(await rows()).toHaveLength(1);
  });

  it('are written down in the transaction of what happened, or not at all', async () => {
    await register();
    const work = one.inFirm(firmId, async (scope) => {
      await one
        .get(OutgoingEvents)
        .emit(scope, { type: 'matter.updated', matterId: 'mat_1', data: {}, dedupeKey: 'k' });
      throw new Error('thought better of it');
    });
    await expect(work).rejects.toThrow();
    expect(await rows()).toEqual([]);
  });

  const failures: readonly [string, FakeAnswer, number | null, string | RegExp][] = [
    ['a 500', json(500, {}), 500, 'answered 500'],
    ['a 404', json(404, {}), 404, 'answered 404'],
    ['a redirect, which is not followed', json(302, {}, { location: '/elsewhere' }), 302, 'answered 302'],
    ['a broken connection', reset, null, /UND_ERR_SOCKET|ECONNRESET/],
  ];
  it.each(failures)('are sent again after %s', async (_name, answer, status, error) => {
    await register();
    await emit('mat_1');
    receiver.answer(answer);
    const row = await run(0);
    expect(row).toMatchObject({
      state: 'pending',
      attempts: 1,
      last_status: status,
      last_error: expect.stringMatching(error),
    });
    expect(row?.next_attempt_at?.getTime()).toBeGreaterThan(one.clock.nowMs());
    expect(receiver.seen).toHaveLength(1);
    await run(0);
    expect(receiver.seen).toHaveLength(1);
    one.clock.advance((row?.next_attempt_at?.getTime() ?? 0) - one.clock.nowMs());
    receiver.answer(json(204, ''));
    expect(await run(0)).toMatchObject({ state: 'delivered', attempts: 2 });
    expect(receiver.seen[1]?.headers['webhook-id']).toBe(receiver.seen[0]?.headers['webhook-id']);
    expect(receiver.seen[1]?.body).toBe(receiver.seen[0]?.body);
  });

  it('of one matter go in order; those of others and of none do not wait', async () => {
    await register();
    for (const matter of ['mat_1', 'mat_1', 'mat_2', null]) await emit(matter);
    receiver.answer(json(500, {}));
    await run(0);
    receiver.answer(json(200, {}));
    for (const at of [1, 2, 3]) await run(at);
    expect((await rows()).map(({ state }) => state)).toEqual(['pending', 'pending', 'delivered', 'delivered']);
    one.clock.advance(HOUR_MS);
    await run(0);
    await run(1);
    expect((await rows()).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered', 'delivered']);
    const order = bodies().map(({ data }) => data['matter_id']);
    expect(order).toEqual(['mat_1', 'mat_2', null, 'mat_1', 'mat_1']);
  });

  it('are held after a day of trying, and then no longer stand in their matter’s way', async () => {
    await register();
    await emit('mat_1');
    await emit('mat_1');
    receiver.answer(json(503, {}));
    const begun = one.clock.nowMs();
    for (let round = 0; (await rows())[0]?.state === 'pending' && round < 500; round += 1) {
      await untilDue();
      await run(0);
    }
    expect((await rows())[0]).toMatchObject({ state: 'held', last_status: 503 });
    expect(one.clock.nowMs() - begun).toBeGreaterThan(24 * HOUR_MS);
    receiver.answer(json(200, {}));
    await untilDue();
    expect(await run(1)).toMatchObject({ state: 'delivered' });
  });

  it('are sent once when two processes are woken', async () => {
    const two = await startApp({ beside: one });
    await register();
    await emit('mat_1');
    const id = (await rows())[0]?.id ?? '';
    await Promise.all([one, two, one, two].map((at) => at.get(Deliver).run(firmId, id)));
    expect(receiver.seen).toHaveLength(1);
    await two.close();
  });

  it('are dropped when their address is removed', async () => {
    const { id } = await register();
    await emit('mat_1');
    await one.get(Endpoints).remove(firmId, id, 'key:key_1');
    await run(0);
    expect((await rows())[0]).toMatchObject({ state: 'cancelled' });
    expect(receiver.seen).toEqual([]);
  });

  it('for a test go to one address alone, whatever it asked for', async () => {
    const { id } = await register(['matter.linked'], '/one');
    await register(['*'], '/other');
    await one.get(Endpoints).test(firmId, id, 'key:key_1');
    expect(await rows()).toHaveLength(1);
    await run(0);
    expect(receiver.seen.map(({ url }) => url)).toEqual(['/one']);
    expect(bodies()[0]?.type).toBe('webhook.test');
  });

  it('keep address and secret sealed, and show the secret once', async () => {
    const { id } = await register(['*'], '/with-a-token-in-it');
    const [row] = await one.database.query<{ all: string }>(
      'select w::text as all from webhook_endpoints w where id = $1',
      [id],
    );
    expect(row?.all).not.toContain(Buffer.from('with-a-token').toString('hex'));
    expect(JSON.stringify(await one.get(Endpoints).list(firmId))).not.toContain('whsec_');
    const other = await one.firm();
    expect(await one.get(Endpoints).list(other.firmId)).toEqual([]);
    await expect(one.get(Endpoints).remove(other.firmId, id, 'x')).rejects.toMatchObject({ code: 'not_found' });
    await expect(one.get(Endpoints).test(other.firmId, id, 'x')).rejects.toMatchObject({ code: 'not_found' });
  });
});
