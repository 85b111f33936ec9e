import { setTimeout as pause } from 'node:timers/promises';
import { aimAt, type Kill } from './support/aimed-kill';
import { AIMS } from './support/aims';
import { type Intake, newIntake } from './support/intake';
import { type KillRow, killTable, recoveryOf } from './support/kill-table';
import { aScene } from './support/scene';
import { EXACTLY_ONCE, tallyOf } from './support/tally';

const FINISH_MS = 120_000;
/** A second try that nobody should have made would be visible by then. */
const STRAGGLERS_MS = 4_000;

describe('kill -9 while an operation runs', () => {
  const scene = aScene();
  const intakes: Intake[] = [];
  const kills: Kill[] = [];
  const rows: KillRow[] = [];

  it('loses nothing and makes nothing twice over twenty kills', async () => {
    for (const aim of AIMS) {
      const shoot = await aimAt(aim, scene.watch);
      const intake = newIntake();
      intakes.push(intake);
      const sent = scene.send([intake]);
      const kill = await shoot(scene.api, scene.log);
      kills.push(kill);
      await scene.start();
      await sent;
    }
    await scene.untilThrough(intakes, FINISH_MS);
    await pause(STRAGGLERS_MS);
    for (const kill of kills) rows.push(await recoveryOf(kill, scene.watch, scene.log));
    console.log(killTable(rows));

    expect(kills).toHaveLength(20);
    for (const intake of intakes) expect(await tallyOf(scene.installation, intake)).toEqual(EXACTLY_ONCE);
  }, 420_000);

  it('hit the operation that it aimed at each time, while a process was at work on it', () => {
    expect(rows.map(({ operation }) => operation?.kind)).toEqual(AIMS.map(({ kind }) => kind));
  });

  it.each(['contact', 'matter', 'file slot', 'upload', 'confirmation'])(
    'hit the step "%s" before and after',
    (step) => {
      const moments = kills.filter(({ aim }) => aim.step === step).map(({ aim }) => aim.moment.split(',')[0]);
      expect(moments.filter((moment) => moment === 'before').length).toBeGreaterThanOrEqual(2);
      expect(moments.filter((moment) => moment === 'after').length).toBeGreaterThanOrEqual(2);
    },
  );

  it('ended every operation as succeeded, without a request too many for Smokeball', async () => {
    for (const { matterId } of intakes) {
      const operations = await scene.log.of(matterId);
      expect(operations.map(({ kind, state }) => [kind, state])).toEqual([
        ['contact.push', 'succeeded'],
        ['matter.push', 'succeeded'],
        ['document.push', 'succeeded'],
      ]);
    }
    expect((await scene.watch.calls()).filter(({ status }) => status === 429)).toEqual([]);
  });
});
