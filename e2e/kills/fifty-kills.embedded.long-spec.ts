import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../support/wait-for';
import { type Intake, newIntake } from './support/intake';
import { randomNumbers } from './support/random-numbers';
import { aScene } from './support/scene';
import { EXACTLY_ONCE, tallyOf } from './support/tally';

const KILLS = 50;
const INTAKES = 40;
/** From when it is at work. */
const LIVES_AT_MOST_MS = 1_500;
const IDLE_AT_MOST_MS = 5_000;
const THROUGH_MS = 240_000;
const STRAGGLERS_MS = 4_000;

describe('kill -9 at fifty random moments while forty intakes go through', () => {
  const scene = aScene();
  const random = randomNumbers(process.env['KILLS_SEED']);
  const intakes = Array.from({ length: INTAKES }, newIntake);

  it('leaves one contact, matter, file and version of each, with the right bytes', async () => {
    const atWork = new Map<string, number>();
    const waiting = [...intakes];
    const underWay: Promise<void>[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      // They keep coming until the last kill, so that there is always something to hit.
      const due = waiting.splice(0, Math.ceil(((kill + 1) * INTAKES) / KILLS) - (INTAKES - waiting.length));
      underWay.push(...due.map(sent));
      await waitFor('work', async () => (await scene.log.held()).length > 0, {
        limitMs: IDLE_AT_MOST_MS,
        everyMs: 20,
      }).catch(() => false);
      await pause(random() * LIVES_AT_MOST_MS);
      await scene.kill();
      const held = await scene.log.held();
      const hit = held.length === 0 ? ['nothing'] : held.map(({ kind, state }) => `${kind} ${state}`);
      for (const what of new Set(hit)) atWork.set(what, (atWork.get(what) ?? 0) + 1);
      await scene.start();
    }
    await Promise.all([...underWay, ...waiting.map(sent)]);
    await scene.untilThrough(intakes, THROUGH_MS);
    await pause(STRAGGLERS_MS);

    const calls = await scene.watch.calls();
    const refused = calls.filter(({ status }) => status === 429).length;
    const table = [...atWork]
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `${count} of ${KILLS} kills hit ${what}`);
    console.log([`seed ${random.seed}; ${calls.length} calls, ${refused} refused with 429`, ...table].join('\n'));
    const tallies = await Promise.all(intakes.map((intake) => tallyOf(scene.installation, intake)));
    expect(tallies).toEqual(intakes.map(() => EXACTLY_ONCE));
    const hits = KILLS - (atWork.get('nothing') ?? 0);
    expect(hits).toBeGreaterThan(KILLS / 2);
  }, 900_000);

  it('ended every operation as succeeded', async () => {
    const states = await scene.log.ask(
      'select kind, state, count(*)::int as count from operations group by 1, 2 order by 1',
    );
    const expected = ['contact.push', 'document.push', 'matter.push'];
    expect(states).toEqual(expected.map((kind) => ({ kind, state: 'succeeded', count: INTAKES })));
  });

  const sent = (intake: Intake) => scene.send([intake], THROUGH_MS);
});
