import { Clock, Database, Dispatcher } from '@matterline/platform';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { type FakeServer, hang, json, startFakeServer } from '../../../../config/testing/stand-in';
import { DeliveryScene } from '../testing/delivery-scene';

const CROWD = 2_000;
const WINDOW = 32;

interface Due {
  readonly firm_id: string;
  readonly id: string;
}

describe('a crowd that waits for a dead address', () => {
  let one: AppUnderTest;
  let dead: FakeServer;
  let crowded: DeliveryScene;
  let other: DeliveryScene;

  beforeEach(async () => {
    one = await startApp();
    dead = await startFakeServer();
    dead.answer(hang);
    crowded = await DeliveryScene.open(one);
    other = await DeliveryScene.open(one);
  });
  afterEach(async () => {
    await dead.close();
    await crowded.close();
    await other.close();
    await one.close();
  });

  const due = () => one.get(Database).directory<Due>('due_deliveries($1, $2)', [one.get(Clock).now(), WINDOW]);
  /** One event of the firm, and it alone, waits `CROWD` times; of one matter or of as many. */
  const crowd = async (endpointId: string, matter: 'one' | 'many') => {
    await crowded.emit('mat_0');
    await one.database.query(
      `insert into deliveries (id, firm_id, event_id, endpoint_id, position, matter_id, state, created_at, next_attempt_at)
       select 'dlv_crowd_' || n, d.firm_id, d.event_id, d.endpoint_id, d.position + n, case when $2 then 'mat_0' else 'mat_' || n end,
              'pending', d.created_at - interval '1 hour', d.next_attempt_at - interval '1 hour'
         from deliveries d, generate_series(1, $3) n where d.endpoint_id = $1`,
      [endpointId, matter === 'one', CROWD],
    );
  };

  it.each(['one', 'many'] as const)('of %s matter(s) leaves room for other addresses and firms', async (matter) => {
    const deadId = await crowded.register('/', ['*'], dead.url);
    await crowd(deadId, matter);
    const beside = await crowded.register('/beside');
    await crowded.emit('mat_beside', 1);
    const another = await other.register('/another');
    await other.emit('mat_another', 1);
    const ids = (await due()).map(({ id }) => id);
    const due1 = (await crowded.rows(beside)).map(({ id }) => id);
    const due2 = (await other.rows(another)).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...due1, ...due2]));
    expect(ids.length).toBeLessThanOrEqual(6 + 2);
  });

  it('takes one place while the address fails, and none while it is paused', async () => {
    const deadId = await crowded.register('/', ['*'], dead.url);
    await crowd(deadId, 'many');
    expect(await due()).toHaveLength(6);
    await one.database.query('update webhook_endpoints set failures = 1 where id = $1', [deadId]);
    expect(await due()).toHaveLength(1);
    await one.database.query(`update webhook_endpoints set state = 'paused', not_before = $2 where id = $1`, [
      deadId,
      new Date(one.clock.nowMs() + 1),
    ]);
    expect(await due()).toEqual([]);
    one.clock.advance(1);
    expect(await due()).toHaveLength(1);
  });

  it('does not keep an event for another address of the firm, or another firm, waiting', async () => {
    const deadId = await crowded.register('/', ['*'], dead.url);
    await crowd(deadId, 'many');
    other.receiver.answer(json(200, {}));
    crowded.receiver.answer(json(200, {}));
    const beside = await crowded.register('/beside', ['matter.linked', 'matter.updated']);
    const another = await other.register('/another');
    await one.get(Dispatcher).start();
    await crowded.emit('mat_beside', 10);
    await other.emit('mat_another', 10);
    const left = async () =>
      [...(await crowded.rows(beside)), ...(await other.rows(another))].filter(({ state }) => state !== 'delivered')
        .length;
    while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect([crowded.arrived('/beside').length, other.arrived('/another').length]).toEqual([10, 10]);
    // Not one of the crowd has been answered yet: nobody waited for them.
    const [begun] = await one.database.query<{ under_way: number; tried: number }>(
      `select count(*) filter (where state = 'running')::int as under_way, count(*) filter (where last_error is not null)::int as tried
         from deliveries where endpoint_id = $1`,
      [deadId],
    );
    expect(begun?.under_way).toBeLessThanOrEqual(6);
    expect(begun?.tried).toBe(0);
  });
});
