import { Database, LIVENESS_LOCK, ProcessLink } from '@matterline/platform';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { ScriptedWork } from '../testing/scripted-work';
import { HeldOperation, LEASE_MS, LostOperation } from './held-operation';
import { OperationClaims } from './operation-claims';
import { OperationHandlers } from './operation-handler';
import type { OperationRow } from './operation-row';
import { Operations } from './operations';
import { ACCEPTED, failed, SUCCEEDED, waiting } from './outcome';

/** A promise and the hand that settles it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('operations in two processes', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;
  let work: ScriptedWork;
  let other: ScriptedWork;
  let firmId: string;

  beforeAll(async () => {
    one = await startApp();
    two = await startApp({ beside: one });
    work = new ScriptedWork(one);
    other = new ScriptedWork(two);
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    await one.connect(firmId);
    for (const each of [work, other]) {
      each.ran.length = 0;
      each.execute = () => SUCCEEDED;
      each.confirm = () => SUCCEEDED;
    }
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  const claim = (at: AppUnderTest, id: string): Promise<OperationRow | null> =>
    at.get(OperationClaims).claim(firmId, id);

  describe('one writer', () => {
    it('an operation that both want is run by one, once', async () => {
      for (let round = 0; round < 15; round += 1) {
        const id = await work.add(firmId);
        await Promise.all([work, other, work, other].map((process) => process.run(firmId, id)));
        expect([...work.ran, ...other.ran].filter((ran) => ran === id)).toEqual([id]);
        expect(await work.state(id)).toBe('succeeded');
      }
    });

    it('of a subject’s operations, wanted all at once by both, never two are in hand together', async () => {
      const ids = [];
      for (const entityId of ['a', 'b', 'c']) ids.push(await work.add(firmId, { subject: 'matter:m', entityId }));
      let inHand = 0;
      let most = 0;
      const slow = async () => {
        most = Math.max(most, (inHand += 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
        inHand -= 1;
        return SUCCEEDED;
      };
      work.execute = other.execute = slow;
      while ((await Promise.all(ids.map((id) => work.state(id)))).some((state) => state !== 'succeeded'))
        await Promise.all(ids.flatMap((id) => [work.run(firmId, id), other.run(firmId, id)]));
      expect(most).toBe(1);
      expect([...work.ran, ...other.ran].length).toBe(3);
    });

    const order: readonly [string, ScriptedWork['execute'], boolean][] = [
      ['waits', () => waiting(60_000), false],
      ['is accepted and not confirmed', () => ACCEPTED, false],
      ['failed for a moment', () => failed('smokeball_unavailable'), false],
      ['succeeded', () => SUCCEEDED, true],
      ['failed for good', () => failed('rejected'), true],
      ['is held', () => failed('needs_mapping'), true],
    ];
    it.each(order)('a later one of the subject while the earlier %s', async (_name, outcome, mayRun) => {
      const earlier = await work.add(firmId, { subject: 'matter:m', entityId: 'first' });
      const later = await work.add(firmId, { subject: 'matter:m', entityId: 'second' });
      expect(await claim(one, later)).toBeNull();
      work.execute = outcome;
      await work.run(firmId, earlier);
      expect((await claim(one, later)) !== null).toBe(mayRun);
    });

    it('an earlier one that is opened again waits for the later one in hand', async () => {
      const earlier = await work.add(firmId, { subject: 'matter:m', entityId: 'first' });
      const later = await work.add(firmId, { subject: 'matter:m', entityId: 'second' });
      work.execute = () => failed('rejected');
      await work.run(firmId, earlier);
      expect(await claim(two, later)).not.toBeNull();
      await one.inFirm(firmId, (scope) => one.get(Operations).reopen(scope, earlier, 'retry'));
      expect(await claim(one, earlier)).toBeNull();
    });

    it('the due work that the sweeper finds is the same that may be claimed', async () => {
      const first = await work.add(firmId, { subject: 'matter:m', entityId: 'first' });
      const second = await work.add(firmId, { subject: 'matter:m', entityId: 'second' });
      const apart = await work.add(firmId, { subject: 'matter:n', entityId: 'third' });
      const due = async () =>
        (
          await one
            .get(Database)
            .directory<{ id: string; firm_id: string }>('due_operations($1, $2, $3)', [one.clock.now(), 500, 500])
        )
          .filter((row) => row.firm_id === firmId)
          .map((row) => row.id)
          .sort();
      expect(await due()).toEqual([first, apart].sort());
      await work.run(firmId, first);
      expect(await due()).toEqual([second, apart].sort());
    });
  });

  describe('a lease', () => {
    const holdIn = async (at: AppUnderTest, script: ScriptedWork) => {
      const id = await script.add(firmId);
      const [begun, end] = [gate(), gate()];
      script.execute = async () => {
        begun.open();
        await end.opened;
        return SUCCEEDED;
      };
      const running = at === one ? work.run(firmId, id) : other.run(firmId, id);
      await begun.opened;
      return { id, running, end };
    };

    it('keeps others away until it ends', async () => {
      const { id, running, end } = await holdIn(two, other);
      expect(await claim(one, id)).toBeNull();
      one.clock.advance(LEASE_MS - 1);
      expect(await claim(one, id)).toBeNull();
      end.open();
      await running;
      expect(await work.state(id)).toBe('succeeded');
    });

    it('that ended lets another take over, and what the first still wanted to write is not written', async () => {
      const { id, running, end } = await holdIn(two, other);
      one.clock.advance(LEASE_MS + 1);
      work.execute = () => failed('rejected', 'taken over');
      await work.run(firmId, id);
      end.open();
      await running;
      expect(await work.row(id)).toMatchObject({ state: 'failed', error_code: 'rejected', attempts: 2, holder: null });
      const attempts = await one.database.query<{ number: number; outcome: string }>(
        'select number, outcome from attempts where operation_id = $1 order by number',
        [id],
      );
      expect(attempts).toEqual([
        { number: 1, outcome: 'interrupted' },
        { number: 2, outcome: 'failed' },
      ]);
    });

    it('that another holds stops every write of the one who had it', async () => {
      const id = await work.add(firmId);
      const row = await claim(two, id);
      if (!row) throw new Error('it was free');
      const held = new HeldOperation(two.get(Database), two.clock, two.get(ProcessLink).processNumber, row);
      await expect(
        held.tx((scope) => scope.change(`update operations set progress = '{"mine": 1}' where id = $1`, [id])),
      ).resolves.toBe(1);
      one.clock.advance(LEASE_MS + 1);
      expect(await claim(one, id)).not.toBeNull();
      const late = held.tx((scope) =>
        scope.change(`update operations set progress = '{"late": 1}' where id = $1`, [id]),
      );
      await expect(late).rejects.toThrow(LostOperation);
      expect((await work.row(id)).progress).toEqual({ mine: 1 });
    });

    it('that nobody took over still is over: time alone ends it', async () => {
      const row = await claim(two, await work.add(firmId));
      if (!row) throw new Error('it was free');
      const held = new HeldOperation(two.get(Database), two.clock, two.get(ProcessLink).processNumber, row);
      one.clock.advance(LEASE_MS + 1);
      await expect(held.tx(() => Promise.resolve())).rejects.toThrow(LostOperation);
    });

    it('of a process whose link died is free at once', async () => {
      const third = await startApp({ beside: one });
      third.get(OperationHandlers).register({
        kind: work.kind,
        execute: () => Promise.resolve(SUCCEEDED),
        confirm: () => Promise.resolve(SUCCEEDED),
      });
      const [mine, theirs] = [await work.add(firmId), await work.add(firmId)];
      expect(await claim(one, mine)).not.toBeNull();
      expect(await third.get(OperationClaims).claim(firmId, theirs)).not.toBeNull();
      const release = () =>
        one
          .get(Database)
          .directory<{ release_dead_leases: number }>('release_dead_leases($1, $2)', [LIVENESS_LOCK, one.clock.now()]);
      expect(await release()).toEqual([{ release_dead_leases: 0 }]);
      await third.close();
      expect(await release()).toEqual([{ release_dead_leases: 1 }]);
      expect(await claim(two, mine)).toBeNull();
      expect(await claim(two, theirs)).not.toBeNull();
    });
  });
});
