import { Dispatcher } from '@matterline/platform';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { type FakeAnswer, json } from '../../../../config/testing/stand-in';
import { DeliveryScene } from '../testing/delivery-scene';

const MATTERS = ['mat_1', 'mat_2', 'mat_3'];
const EVENTS_EACH = 12;
const PATHS = ['/one', '/two'];

/** Answers, now and then with a fault. */
function moody(): FakeAnswer {
  let count = 0;
  const answers = [json(200, {}), json(500, {}), json(200, {}), json(200, {}), json(503, {}), json(204, '')];
  return (request, response, incoming) => answers[count++ % answers.length]?.(request, response, incoming);
}

describe('two worker processes', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;
  let scene: DeliveryScene;

  beforeEach(async () => {
    one = await startApp();
    two = await startApp({ beside: one });
    scene = await DeliveryScene.open(one);
  });
  afterEach(async () => {
    await scene.close();
    await two.close();
    await one.close();
  });

  it('tell each address everything, in order per matter, though both lose their hold in the middle', async () => {
    const endpoints = [await scene.register('/one'), await scene.register('/two')];
    scene.receiver.answer(moody());
    await one.get(Dispatcher).start();
    await two.get(Dispatcher).start();
    for (let n = 0; n < EVENTS_EACH; n += 1) for (const matter of MATTERS) await scene.emit(matter);
    let lost = 0;
    const isDone = async () => (await scene.rows()).every(({ state }) => state === 'delivered');
    for (let round = 0; !(await isDone()); round += 1) {
      one.clock.advance(20_000);
      if (round % 40 === 5) lost += await loseLinks();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(lost).toBeGreaterThanOrEqual(2);
    for (const [at, path] of PATHS.entries()) {
      const rows = await scene.rows(endpoints[at]);
      expect(rows).toHaveLength(EVENTS_EACH * MATTERS.length);
      const firsts = [...new Set(scene.arrived(path))];
      for (const matter of MATTERS) {
        const told = rows.filter((row) => row.matter_id === matter).map((row) => row.event_id);
        expect(firsts.filter((id) => told.includes(id))).toEqual(told);
      }
      expect(new Set(firsts)).toEqual(new Set(rows.map((row) => row.event_id)));
    }
  }, 60_000);

  it('send what a killed process had begun again at once, before anything later of its matter', async () => {
    await scene.register();
    await scene.emit('mat_1', 3);
    const first = await scene.row(0);
    // What kill -9 leaves: taken under a number whose lock nobody holds, with most of its lease to go.
    await one.database.query(
      `update deliveries set state = 'running', holder = 999999, attempts = 1, first_tried_at = $2, lease_until = $3 where id = $1`,
      [first.id, one.clock.now(), new Date(one.clock.nowMs() + 29_000)],
    );
    await scene.run(1);
    expect(scene.receiver.seen).toEqual([]);
    await two.get(Dispatcher).start();
    while ((await scene.rows()).some(({ state }) => state !== 'delivered'))
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(scene.arrived()).toEqual((await scene.rows()).map(({ event_id }) => event_id));
  });

  /** Ends the connections by whose locks the processes live, as when a process or its network dies. */
  async function loseLinks(): Promise<number> {
    const ended = await one.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'matterline-link'`,
    );
    return ended.length;
  }
});
