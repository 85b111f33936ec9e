import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { json, reset } from '../../../../config/testing/stand-in';
import { DeliveryScene } from '../testing/delivery-scene';

const HOUR_MS = 3600_000;

describe('events that are looked at and sent again', () => {
  let one: AppUnderTest;
  let scene: DeliveryScene;

  beforeAll(async () => {
    one = await startApp();
  });
  beforeEach(async () => {
    scene = await DeliveryScene.open(one);
  });
  afterEach(() => scene.close());
  afterAll(() => one.close());

  const states = async () => (await scene.rows()).map(({ state }) => state);
  const runAll = async () => {
    for (const at of (await scene.rows()).keys()) await scene.run(at);
  };
  /** As after a day of trying. */
  const hold = () =>
    one.database.query(`update deliveries set state = 'held', next_attempt_at = null where firm_id = $1`, [
      scene.firmId,
    ]);

  it('show each address with its tries', async () => {
    const id = await scene.register();
    await scene.emit('mat_1');
    for (const answer of [json(500, {}), reset, json(200, {})]) {
      scene.receiver.answer(answer);
      await scene.untilDue(0);
      await scene.run(0);
    }
    const { id: deliveryId, event_id: eventId } = await scene.row(0);
    const { status, body } = await scene.call('GET', `/events/${eventId}`);
    expect(status).toBe(200);
    const attempt = { started_at: expect.any(String), duration_ms: expect.any(Number) };
    expect(body).toEqual({
      data: {
        id: eventId,
        direction: 'out',
        source: 'casehug',
        type: 'matter.updated',
        at: expect.any(String),
        state: 'delivered',
        matter_id: 'mat_1',
        note: null,
        deliveries: [
          {
            id: deliveryId,
            webhook_id: id,
            state: 'delivered',
            attempt_count: 3,
            next_attempt_at: null,
            attempts: [
              { ...attempt, number: 3, status: 200, error: null },
              { ...attempt, number: 2, status: null, error: expect.stringMatching(/SOCKET|ECONNRESET/) },
              { ...attempt, number: 1, status: 500, error: 'answered 500' },
            ],
          },
        ],
      },
    });
  });

  it('keep their newest fifty tries, and how many there were', async () => {
    await scene.register();
    await scene.emit(null);
    scene.receiver.answer(json(500, {}));
    await scene.runUntilTried(0, 53);
    const { body } = await scene.call('GET', `/events/${(await scene.row(0)).event_id}`);
    const [delivery] = (body as { data: { deliveries: { attempt_count: number; attempts: { number: number }[] }[] } })
      .data.deliveries;
    expect(delivery?.attempt_count).toBe(53);
    expect(delivery?.attempts.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_none, n) => 53 - n));
  });

  it('say of a try whose process died that it was interrupted', async () => {
    await scene.register();
    await scene.emit('mat_1');
    const { id, event_id: eventId } = await scene.row(0);
    await one.database.query(
      `update deliveries set state = 'running', holder = 999999, attempts = 1, first_tried_at = $2, lease_until = $2 where id = $1`,
      [id, one.clock.now()],
    );
    await one.database.query(
      'insert into delivery_attempts (delivery_id, firm_id, number, started_at) values ($1, $2, 1, $3)',
      [id, scene.firmId, one.clock.now()],
    );
    await scene.run(0);
    const { body } = await scene.call('GET', `/events/${eventId}`);
    expect(body).toMatchObject({
      data: {
        deliveries: [
          {
            state: 'delivered',
            attempts: [
              { number: 2, error: null },
              { number: 1, error: 'interrupted' },
            ],
          },
        ],
      },
    });
  });

  it('go again to every address that they went to, under the same id', async () => {
    await scene.register('/one');
    await scene.register('/two');
    await scene.emit('mat_1');
    await runAll();
    const { event_id: eventId } = await scene.row(0);
    expect(await scene.call('POST', `/events/${eventId}/replay`)).toEqual({
      status: 202,
      body: { data: { replayed: 2, waiting: 0 } },
    });
    expect(await states()).toEqual(['pending', 'pending']);
    await runAll();
    for (const path of ['/one', '/two']) expect(scene.arrived(path)).toEqual([eventId, eventId]);
    expect(new Set(scene.receiver.seen.map(({ body }) => body)).size).toBe(1);
  });

  it('go again to one address alone, also one that was registered later', async () => {
    const first = await scene.register('/one');
    await scene.register('/two');
    await scene.emit('mat_1');
    await runAll();
    const { event_id: eventId } = await scene.row(0);
    const later = await scene.register('/later', ['matter.linked']);
    for (const webhook_id of [first, later])
      expect(await scene.call('POST', `/events/${eventId}/replay`, { webhook_id })).toMatchObject({
        status: 202,
        body: { data: { replayed: 1, waiting: 0 } },
      });
    await runAll();
    expect(['/one', '/two', '/later'].map((path) => scene.arrived(path).length)).toEqual([2, 1, 1]);
  });

  it('are left as they are while they are under way', async () => {
    await scene.register();
    await scene.emit('mat_1');
    const { event_id: eventId } = await scene.row(0);
    for (let n = 0; n < 3; n += 1)
      expect(await scene.call('POST', `/events/${eventId}/replay`)).toMatchObject({
        body: { data: { replayed: 0, waiting: 1 } },
      });
    await runAll();
    expect(scene.arrived()).toEqual([eventId]);
  });

  it('that are held go again all together, in their old order and with a day of their own', async () => {
    const id = await scene.register();
    await scene.emit('mat_1', 3);
    await scene.emit('mat_2', 2);
    scene.receiver.answer(json(500, {}));
    await scene.run(0);
    await hold();
    one.clock.advance(48 * HOUR_MS);
    expect(await scene.call('POST', `/webhooks/${id}/replay`, { state: 'held' })).toEqual({
      status: 202,
      body: { data: { replayed: 5, waiting: 0 } },
    });
    expect(await scene.call('POST', `/webhooks/${id}/replay`)).toMatchObject({
      body: { data: { replayed: 0, waiting: 5 } },
    });
    await scene.run(2);
    await scene.run(1);
    expect(scene.receiver.seen).toHaveLength(1);
    await scene.run(0);
    expect(await scene.row(0)).toMatchObject({ state: 'pending', attempts: 2 });
    scene.receiver.answer(json(200, {}));
    scene.receiver.seen.length = 0;
    await scene.untilDue(0);
    await runAll();
    expect(scene.arrived()).toEqual((await scene.rows()).map(({ event_id }) => event_id));
  });

  it('that are held go again from a moment on', async () => {
    const id = await scene.register();
    await scene.emit('mat_1');
    one.clock.advance(HOUR_MS);
    const since = one.clock.now().toISOString();
    await scene.emit('mat_1');
    await hold();
    expect(await scene.call('POST', `/webhooks/${id}/replay`, { since })).toMatchObject({
      body: { data: { replayed: 1 } },
    });
    expect(await states()).toEqual(['held', 'pending']);
  });

  it('are audited', async () => {
    const id = await scene.register();
    await scene.emit('mat_1');
    const { event_id: eventId } = await scene.row(0);
    await hold();
    await scene.call('POST', `/webhooks/${id}/replay`);
    await scene.call('POST', `/events/${eventId}/replay`);
    const audit = await one.database.query<{ action: string; subject: string }>(
      `select action, subject from audit_entries where firm_id = $1 and action like '%replay' order by position`,
      [scene.firmId],
    );
    expect(audit).toEqual([
      { action: 'webhook.replay', subject: `webhook:${id}` },
      { action: 'event.replay', subject: `event:${eventId}` },
    ]);
  });

  it('of another firm are neither shown nor sent', async () => {
    const id = await scene.register();
    await scene.emit('mat_1');
    const { event_id: eventId } = await scene.row(0);
    await hold();
    const stranger = await one.firm();
    const foreign: readonly ['GET' | 'POST', string, object?][] = [
      ['GET', `/events/${eventId}`],
      ['POST', `/events/${eventId}/replay`],
      ['POST', `/events/${eventId}/replay`, { webhook_id: id }],
      ['POST', `/webhooks/${id}/replay`],
    ];
    for (const [method, path, body] of foreign)
      expect(await scene.call(method, path, body, stranger.apiKey)).toMatchObject({
        status: 404,
        body: { error: { code: 'not_found' } },
      });
    expect(await states()).toEqual(['held']);
  });

  const wrong: readonly [string, string, object | undefined, number][] = [
    ['an unknown event', '/events/evt_nothing/replay', undefined, 404],
    ['an unknown address', '/webhooks/wh_nothing/replay', undefined, 404],
    ['another state than held', '/webhooks/ID/replay', { state: 'delivered' }, 400],
    ['a since that is no time', '/webhooks/ID/replay', { since: 'yesterday' }, 400],
    ['an address that is a number', '/events/EVENT/replay', { webhook_id: 1 }, 400],
    ['an address that is unknown', '/events/EVENT/replay', { webhook_id: 'wh_nothing' }, 404],
    ['a text that no column holds', '/events/EVENT/replay', { webhook_id: 'wh_\u0000' }, 400],
  ];
  it.each(wrong)('are not sent for %s', async (_name, path, body, status) => {
    const id = await scene.register();
    await scene.emit('mat_1');
    const url = path.replace('ID', id).replace('EVENT', (await scene.row(0)).event_id);
    expect((await scene.call('POST', url, body)).status).toBe(status);
  });

  it('of an address that was removed stay dropped', async () => {
    const id = await scene.register();
    await scene.emit('mat_1');
    const { event_id: eventId } = await scene.row(0);
    await one.app.inject({ method: 'DELETE', url: `/api/v1/webhooks/${id}`, headers: { 'x-api-key': scene.apiKey } });
    expect(await scene.call('POST', `/events/${eventId}/replay`)).toMatchObject({ body: { data: { replayed: 0 } } });
    expect(await scene.call('POST', `/webhooks/${id}/replay`)).toMatchObject({ status: 404 });
    expect(await states()).toEqual(['cancelled']);
  });
});
