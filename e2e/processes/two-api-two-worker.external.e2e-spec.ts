import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../support/program';
import { waitFor } from '../support/wait-for';
import { type Intake, newIntake, sendIntake } from '../kills/support/intake';
import { EXACTLY_ONCE, tallyOf } from '../kills/support/tally';
import { untilThrough } from '../kills/support/through';
import { Fleet } from './support/fleet';

const THROUGH_MS = 70_000;
const STRAGGLERS_MS = 3_000;
const KINDS = ['contact.push', 'matter.push', 'document.push'];

describe('two API and two worker processes on one PostgreSQL and one Redis', () => {
  let fleet: Fleet;
  const intakes: Intake[] = [];

  beforeAll(async () => {
    fleet = await Fleet.start();
  }, 60_000);

  afterAll(async () => {
    await fleet?.stop();
  }, 60_000);

  it('loses nothing and makes nothing twice when one of each is killed in mid-intake and stays away', async () => {
    const first = Array.from({ length: 12 }, newIntake);
    intakes.push(...first);
    const sent = sendAll(first.slice(0, 8));
    const victim = await workerAtWork();
    const late = sendAll(first.slice(8));
    await pause(20);
    fleet.apis[0]?.signal('SIGKILL');
    victim.signal('SIGKILL');
    await Promise.all([sent, late]);
    await untilThrough(fleet.log, first, THROUGH_MS);
    await expectOnce(first);
  }, 120_000);

  it('goes on the same with both started again and the other two killed', async () => {
    await Promise.all([fleet.addApi(), fleet.addWorker()]);
    const second = Array.from({ length: 4 }, newIntake);
    intakes.push(...second);
    const sent = sendAll(second);
    const victim = await workerAtWork();
    fleet.apis[1]?.signal('SIGKILL');
    victim.signal('SIGKILL');
    await sent;
    await untilThrough(fleet.log, second, THROUGH_MS);
    await expectOnce(second);
  }, 120_000);

  it('never sent Smokeball more than it granted, whatever the number of processes', async () => {
    const calls = await fleet.watch.calls();
    const refused = calls.filter(({ status }) => status === 429).length;
    console.log(`${calls.length} calls for ${intakes.length} intakes, ${refused} refused with 429`);
    expect(refused).toBe(0);
  });

  it('processed every event once', async () => {
    const states = await fleet.log.ask<{ state: string; count: number }>(
      'select state, count(*)::int as count from events_in group by state order by state',
    );
    expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(['done']));
    expect(states.filter(({ state }) => !['done', 'ignored'].includes(state))).toEqual([]);
    const told = await fleet.log.ask<{ type: string; count: number }>(
      'select type, count(*)::int as count from events_out group by type order by type',
    );
    expect(told).toEqual([
      { type: 'document.synced', count: intakes.length },
      { type: 'matter.linked', count: intakes.length },
    ]);
  });

  async function sendAll(some: readonly Intake[]): Promise<void> {
    await Promise.all(some.map((intake) => sendIntake(fleet.firm, intake, [fleet.installation.apiUrl])));
  }

  /** A worker that is at work, at a moment when both are. */
  async function workerAtWork(): Promise<Program> {
    await waitFor(
      'both workers to be at work',
      async () => {
        const [work] = await fleet.log.ask<{ holders: number }>(
          `select count(distinct holder)::int as holders from operations where holder is not null and state = 'running'`,
        );
        return work?.holders === 2;
      },
      { everyMs: 20 },
    );
    const victim = fleet.workers.find(({ isRunning }) => isRunning);
    if (!victim) throw new Error('no worker is left');
    return victim;
  }

  async function expectOnce(some: readonly Intake[]): Promise<void> {
    await pause(STRAGGLERS_MS);
    for (const intake of some) {
      expect(await tallyOf(fleet.installation, intake)).toEqual(EXACTLY_ONCE);
      const operations = await fleet.log.of(intake.matterId);
      expect(operations.map(({ kind, state }) => [kind, state])).toEqual(KINDS.map((kind) => [kind, 'succeeded']));
    }
  }
});
