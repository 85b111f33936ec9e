import { Database, Dispatcher, RateLines } from '@matterline/platform';
import { type AppUnderTest, CLIENT_ID, startApp } from '../../../../config/testing/app-under-test';
import { Overview } from '../overview/overview';
import { ScriptedWork } from '../testing/scripted-work';
import { OperationClaims } from './operation-claims';
import { failed, SUCCEEDED } from './outcome';

const GATE = `us/production/${CLIENT_ID}`;
const HOUR_MS = 3600_000;

interface Due {
  readonly firm_id: string;
  readonly id: string;
  readonly lane: string;
}

describe('which work comes first', () => {
  let one: AppUnderTest;
  let work: ScriptedWork;

  beforeEach(async () => {
    one = await startApp();
    work = new ScriptedWork(one);
  });
  afterEach(() => one.close());

  const firm = async () => {
    const { firmId } = await one.firm();
    await one.connect(firmId);
    return firmId;
  };
  const due = (most: number, mostBulk: number) =>
    one.get(Database).directory<Due>('due_operations($1, $2, $3)', [one.clock.now(), most, mostBulk]);
  const eventually = async (isSo: () => boolean | Promise<boolean>) => {
    for (let tries = 0; !(await isSo()); tries += 1) {
      if (tries > 400) throw new Error('it did not come about');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it('what a person waits for, then automatic work, then bulk; and firms by turns in each', async () => {
    const [big, small] = [await firm(), await firm()];
    for (let at = 0; at < 30; at += 1) {
      await work.add(big, { trigger: 'bulk' });
      await work.add(big, { trigger: 'auto' });
    }
    one.clock.advance(1000);
    await work.add(small, { trigger: 'bulk' });
    await work.add(small, { trigger: 'auto' });
    await work.add(big, { trigger: 'manual' });
    const rows = await due(6, 4);
    expect(rows.map(({ lane }) => lane)).toEqual(['person', ...Array<string>(7).fill('automatic'), 'bulk', 'bulk']);
    expect(rows.slice(1, 3).map(({ firm_id: firmId }) => firmId)).toContain(small);
    expect(rows.slice(8).map(({ firm_id: firmId }) => firmId)).toContain(small);
  });

  it('five hundred operations in bulk leave room: another firm’s begins at once, and nothing is left over', async () => {
    const [big, small] = [await firm(), await firm()];
    for (let at = 0; at < 60; at += 1) await work.add(big, { trigger: 'bulk' });
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    let inHand = 0;
    let most = 0;
    work.execute = async ({ operation }) => {
      if (operation.firm_id === small) return SUCCEEDED;
      most = Math.max(most, (inHand += 1));
      await opened;
      inHand -= 1;
      return SUCCEEDED;
    };
    await one.get(Dispatcher).start();
    await eventually(() => inHand >= 10);
    const single = await work.add(small, { trigger: 'auto' });
    await eventually(async () => (await work.state(single)) === 'succeeded');
    open();
    await eventually(() => work.ran.length === 61);
    expect(most).toBe(10);
  });

  describe('when the clock is set back', () => {
    const retryIn = async (waitMs: number) => {
      const id = await work.add(await firm());
      work.execute = () => ({ ...failed('smokeball_unavailable'), waitMs });
      await work.run((await work.row(id)).firm_id, id);
      return id;
    };
    const waits = async (id: string) => ((await work.row(id)).next_attempt_at?.getTime() ?? 0) - one.clock.nowMs();

    it('what waits for its next try waits as long as was meant', async () => {
      const id = await retryIn(5_000);
      one.clock.advance(-2 * HOUR_MS);
      expect(await waits(id)).toBeGreaterThan(HOUR_MS);
      await one.get(Dispatcher).start();
      await one.get(Dispatcher).shortenWaits();
      expect(await waits(id)).toBe(5_000);
    });

    it('by seconds, or never, nothing is moved', async () => {
      const id = await retryIn(5_000);
      one.clock.advance(-20_000);
      await one.get(Dispatcher).start();
      await one.get(Dispatcher).shortenWaits();
      expect(await waits(id)).toBe(25_000);
    });
  });

  describe('while Smokeball does not answer', () => {
    let firmId: string;
    beforeEach(async () => {
      firmId = await firm();
      for (let at = 0; at < 5; at += 1) {
        const pass = await one.get(RateLines).wait(GATE, 'person', firmId);
        await pass.release({ outcome: 'broken' });
      }
    });
    const claim = (id: string) => one.get(OperationClaims).claim(firmId, id);

    it('work is put off without an attempt, says why, and comes again soon after the next question', async () => {
      const id = await work.add(firmId);
      expect(await claim(id)).toBeNull();
      const row = await work.row(id);
      expect([row.state, row.attempts, row.error_code]).toEqual(['pending', 0, 'smokeball_unavailable']);
      const waitMs = (row.next_attempt_at?.getTime() ?? 0) - one.clock.nowMs();
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThan(60_000 + 5_000);
    });

    it('the overview says so, and promises no time', async () => {
      await work.add(firmId);
      const { queue, attention } = await one.get(Overview).of(firmId);
      expect(queue).toEqual({ waiting: 1, eta_seconds: null });
      expect(attention[0]).toMatchObject({ kind: 'connection', title: 'Smokeball does not answer' });
    });

    it('what a person asked for is tried all the same', async () => {
      expect(await claim(await work.add(firmId, { trigger: 'manual' }))).not.toBeNull();
    });

    it('a whole day of it loses nothing; after more than that a person is asked', async () => {
      const id = await work.add(firmId);
      for (let hour = 0; hour < 25; hour += 1) {
        expect(await claim(id)).toBeNull();
        expect(await work.state(id)).toBe('pending');
        one.clock.advance(HOUR_MS);
      }
      one.clock.advance(2 * HOUR_MS);
      expect(await claim(id)).toBeNull();
      expect(await work.state(id)).toBe('held');
    });

    it('time that an operation spent held or waiting behind others does not count', async () => {
      const id = await work.add(firmId);
      one.clock.advance(40 * HOUR_MS);
      expect(await claim(id)).toBeNull();
      expect(await work.state(id)).toBe('pending');
    });

    it('once Smokeball has answered, what waits is due at once, whatever its own pause', async () => {
      const id = await work.add(firmId, { trigger: 'manual' });
      const other = await work.add(await firm(), { trigger: 'manual' });
      work.execute = () => ({ ...failed('smokeball_unavailable'), waitMs: 10 * 60_000 });
      await work.run(firmId, id);
      await work.run((await work.row(other)).firm_id, other);
      const dueAt = async (one_: string) => (await work.row(one_)).next_attempt_at?.getTime() ?? 0;
      await one.get(Dispatcher).start();
      await one.get(Dispatcher).shortenWaits();
      expect(await dueAt(id)).toBeGreaterThan(one.clock.nowMs());

      await one.database.query(`update rate_gates set away_until = clock_timestamp() where gate = $1`, [GATE]);
      const pass = await one.get(RateLines).wait(GATE, 'bulk', firmId);
      await pass.release({ outcome: 'answered' });
      // The database's clock is not the test's.
      const moved = await one.database.query(
        `update rate_gates set reopened_at = $2 where gate = $1 and reopened_at is not null returning 1`,
        [GATE, one.clock.in(1000)],
      );
      expect(moved).toHaveLength(1);
      let ran = 0;
      work.execute = () => ((ran += 1), SUCCEEDED);
      await one.get(Dispatcher).shortenWaits();
      await one.get(Dispatcher).sweep();
      await eventually(() => ran === 2);
    });

    it('one of those that wait asks when the pause is over, however long its own is, and no other', async () => {
      const pauses = [14, 9, 12].map((minutes) => minutes * 60_000);
      const ids = await Promise.all(pauses.map(() => work.add(firmId, { trigger: 'manual' })));
      for (const [at, id] of ids.entries()) {
        work.execute = () => ({ ...failed('smokeball_unavailable'), waitMs: pauses[at] ?? 0 });
        await work.run(firmId, id);
      }
      const due = async () => {
        await one.get(Dispatcher).shortenWaits();
        const rows = await Promise.all(ids.map((id) => work.row(id)));
        return rows.map((row) => (row.next_attempt_at?.getTime() ?? 0) <= one.clock.nowMs());
      };
      await one.get(Dispatcher).start();
      expect(await due()).toEqual([false, false, false]);
      await one.database.query(`update rate_gates set away_until = $2 where gate = $1`, [GATE, one.clock.now()]);
      expect(await due()).toEqual([false, true, false]);
      expect(await due()).toEqual([false, true, false]);
    });

    it('once Smokeball has answered, it is all as usual', async () => {
      const id = await work.add(firmId);
      expect(await claim(id)).toBeNull();
      await one.database.query(`update rate_gates set away_until = clock_timestamp() where gate = $1`, [GATE]);
      const pass = await one.get(RateLines).wait(GATE, 'bulk', firmId);
      await pass.release({ outcome: 'answered' });
      one.clock.advance(70_000);
      work.execute = () => failed('rejected');
      await work.run(firmId, id);
      expect(await work.state(id)).toBe('failed');
    });
  });
});
