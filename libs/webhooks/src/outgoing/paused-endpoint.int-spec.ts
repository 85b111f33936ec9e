import { ChangeNotices, Database } from '@matterline/platform';
import { filter, firstValueFrom } from 'rxjs';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { json } from '../../../../config/testing/stand-in';
import { DeliveryScene } from '../testing/delivery-scene';
import { EndpointListeners } from './endpoint-listeners';
import { Endpoints } from './endpoints';
import { PAUSE_AFTER_FAILURES } from './endpoint-health';

const MINUTE_MS = 60_000;
const HOUR_MS = 3600_000;

describe('an address that fails', () => {
  let one: AppUnderTest;
  let scene: DeliveryScene;
  const heard: string[] = [];

  beforeAll(async () => {
    one = await startApp();
    one.get(EndpointListeners).register({
      endpointPaused: async (scope, { webhookId, error, isDisabled }) => {
        heard.push([scope.firmId, webhookId, isDisabled ? 'disabled' : 'paused', error].join(' '));
        await Promise.resolve();
      },
      endpointResumed: async (scope, webhookId) => {
        heard.push([scope.firmId, webhookId, 'resumed'].join(' '));
        await Promise.resolve();
      },
    });
  });
  beforeEach(async () => {
    scene = await DeliveryScene.open(one);
    heard.length = 0;
  });
  afterEach(() => scene.close());
  afterAll(() => one.close());

  const shown = async () => (await one.get(Endpoints).list(scene.firmId))[0];
  const states = async () => (await scene.rows()).map(({ state }) => state);
  const pause = async () => {
    scene.receiver.answer(json(503, {}));
    // One that keeps failing for five minutes at least.
    await scene.runUntilTried(0, PAUSE_AFTER_FAILURES - 1);
    one.clock.advance(5 * MINUTE_MS);
    await scene.runUntilTried(0, PAUSE_AFTER_FAILURES);
  };

  it('is paused and announced, once, and what waits stays', async () => {
    const id = await scene.register();
    await scene.emit('mat_1', 3);
    await scene.emit(null, 3);
    const livePages = firstValueFrom(
      one
        .get(ChangeNotices)
        .of(scene.firmId)
        .pipe(filter(({ kind }) => kind === 'webhook')),
    );
    await pause();
    expect(await livePages).toEqual({ kind: 'webhook', id });
    expect(await shown()).toMatchObject({
      state: 'paused',
      paused_since: one.clock.now().toISOString(),
      last_error: 'answered 503',
    });
    expect(heard).toEqual([`${scene.firmId} ${id} paused answered 503`]);
    await scene.runUntilTried(0, PAUSE_AFTER_FAILURES + 2);
    expect(heard).toHaveLength(1);
    expect(await states()).toEqual(Array.from({ length: 6 }, () => 'pending'));
    const audit = await one.database.query<{ action: string; actor: string }>(
      `select action, actor from audit_entries where firm_id = $1 and subject = $2 and actor = 'system'`,
      [scene.firmId, `webhook:${id}`],
    );
    expect(audit).toEqual([{ action: 'webhook.pause', actor: 'system' }]);
  });

  it('while paused is asked with one delivery at a time, with growing pauses', async () => {
    await scene.register();
    for (let n = 0; n < 8; n += 1) await scene.emit(`mat_${n}`);
    await pause();
    const before = scene.receiver.seen.length;
    for (const at of [1, 2, 3]) await scene.run(at);
    expect(scene.receiver.seen).toHaveLength(before);
    const waits: number[] = [];
    for (const [at] of [1, 2, 3, 4, 5, 6].entries()) {
      await scene.untilDue(at + 1);
      const begun = one.clock.nowMs();
      await Promise.all([1, 2, 3, 4, 5, 6, 7].map((other) => scene.run(other)));
      const [endpoint] = await one.database.query<{ at: Date }>(
        'select not_before as at from webhook_endpoints where firm_id = $1',
        [scene.firmId],
      );
      waits.push(((endpoint?.at.getTime() ?? 0) - begun) / MINUTE_MS);
    }
    expect(scene.receiver.seen).toHaveLength(before + 6);
    for (const [at, most] of [2, 4, 8, 15, 15, 15].entries()) {
      expect(waits[at]).toBeLessThanOrEqual(most);
      expect(waits[at]).toBeGreaterThanOrEqual(most * 0.8 - 0.001);
    }
  });

  it('goes on with all that waited, in order, as soon as one is taken', async () => {
    const id = await scene.register();
    await scene.emit('mat_1', 4);
    await scene.emit(null, 2);
    await pause();
    await scene.untilDue(0);
    scene.receiver.answer(json(200, {}));
    scene.receiver.seen.length = 0;
    await scene.run(0);
    expect(await shown()).toMatchObject({ state: 'active', paused_since: null, last_error: null });
    expect(heard.at(-1)).toBe(`${scene.firmId} ${id} resumed`);
    for (const at of [1, 2, 3, 4, 5]) await scene.run(at);
    expect(await states()).toEqual(Array.from({ length: 6 }, () => 'delivered'));
    expect(scene.arrived()).toEqual((await scene.rows()).map(({ event_id }) => event_id));
  });

  it('does not take the listeners’ word when the change itself is undone', async () => {
    await scene.register();
    await scene.emit('mat_1');
    const broken = jest.spyOn(one.get(EndpointListeners), 'paused').mockRejectedValue(new Error('room down'));
    await expect(pause()).rejects.toThrow('room down');
    broken.mockRestore();
    expect(await shown()).toMatchObject({ state: 'active' });
  });

  it('after 410 is disabled: what waited is held, nothing more is meant for it, and a test that arrives opens it again', async () => {
    const id = await scene.register();
    await scene.emit('mat_1', 2);
    await scene.emit('mat_2');
    scene.receiver.answer(json(410, {}));
    await scene.run(0);
    expect(await shown()).toMatchObject({ state: 'disabled', last_error: 'answered 410' });
    expect(heard).toEqual([`${scene.firmId} ${id} disabled answered 410`]);
    expect(await states()).toEqual(['held', 'held', 'held']);
    await scene.emit('mat_1');
    expect(await scene.rows()).toHaveLength(3);
    await one.get(Endpoints).test(scene.firmId, id, 'key:key_1');
    scene.receiver.answer(json(200, {}));
    await scene.run(3);
    expect(await shown()).toMatchObject({ state: 'active' });
    expect(heard.at(-1)).toBe(`${scene.firmId} ${id} resumed`);
    expect(await states()).toEqual(['held', 'held', 'held', 'delivered']);
  });

  const asked: readonly [string, number, string, number][] = [
    ['429 asks for ten minutes', 429, '600', 10 * MINUTE_MS],
    ['503 asks for ten minutes', 503, '600', 10 * MINUTE_MS],
    ['503 asks for a day, of which an hour is granted', 503, '86400', HOUR_MS],
  ];
  it.each(asked)('is left alone when its %s', async (_name, status, after, waitMs) => {
    await scene.register();
    await scene.emit('mat_1');
    await scene.emit('mat_2');
    scene.receiver.answer(json(status, {}, { 'retry-after': after }));
    await scene.run(0);
    scene.receiver.answer(json(200, {}));
    one.clock.advance(waitMs - 1);
    for (const at of [0, 1]) await scene.run(at);
    expect(scene.receiver.seen).toHaveLength(1);
    one.clock.advance(1);
    for (const at of [0, 1]) await scene.run(at);
    expect(await states()).toEqual(['delivered', 'delivered']);
  });

  it('is asked no later when the clock is set back meanwhile', async () => {
    await scene.register();
    await scene.emit('mat_1');
    scene.receiver.answer(json(503, {}, { 'retry-after': '600' }));
    await scene.run(0);
    one.clock.advance(-5 * HOUR_MS);
    await one.get(Database).directory('follow_clock($1)', [one.clock.now()]);
    one.clock.advance(10 * MINUTE_MS - 1);
    await scene.run(0);
    expect(scene.receiver.seen).toHaveLength(1);
    one.clock.advance(1);
    scene.receiver.answer(json(200, {}));
    await scene.run(0);
    expect(await states()).toEqual(['delivered']);
    one.clock.advance(5 * HOUR_MS);
  });
});
