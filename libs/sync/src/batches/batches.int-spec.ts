import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { ScriptedWork } from '../testing/scripted-work';
import { ACCEPTED, failed, SUCCEEDED } from '../operations/outcome';
import { Batches } from './batches';
import { MatterPlanner } from './matter-planner';
import { RetryOperations } from './retry-operations';
import { SyncMatters } from './sync-matters';

const ACTOR = 'key:key_1';

describe('bulk', () => {
  let one: AppUnderTest;
  let work: ScriptedWork;
  let firmId: string;

  beforeAll(async () => {
    one = await startApp();
    work = new ScriptedWork(one);
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    await one.connect(firmId);
    work.execute = () => SUCCEEDED;
  });
  afterAll(() => one.close());

  const put = (matterId: string, change: object = {}) => one.put(firmId, matterId, change);
  const sync = (matterIds: string[], dryRun = false) =>
    one.get(SyncMatters).run(firmId, { matter_ids: matterIds, dry_run: dryRun }, ACTOR);
  const links = async () => {
    const rows = await one.database.query<{ id: string; state: string; error_code: string | null }>(
      `select matter_id as id, state, error_code from matter_links where firm_id = $1
       union all select client_id, state, error_code from contact_links where firm_id = $1 order by 1`,
      [firmId],
    );
    return rows.map((row) => [row.id, row.state, row.error_code]);
  };
  const operations = async () =>
    await one.database.query<{ kind: string; state: string; batch_id: string | null }>(
      'select kind, state, batch_id from operations where firm_id = $1 order by position',
      [firmId],
    );

  const retryAll = async () => {
    for (const { id } of await one.database.query<{ id: string }>('select id from operations where firm_id = $1', [
      firmId,
    ]))
      await one.get(RetryOperations).one(firmId, id, ACTOR);
  };

  describe('sync', () => {
    it('plans what is named, once, and says what it left out and why', async () => {
      await put('mat_1');
      await put('mat_2', { clients: [] });
      const done = await sync(['mat_1', 'mat_1', 'mat_2', 'mat_unknown']);
      expect(done).toMatchObject({
        accepted: 1,
        skipped: [
          { matter_id: 'mat_2', reason: 'waiting_for_client' },
          { matter_id: 'mat_unknown', reason: 'not_found' },
        ],
      });
      expect((await operations()).map(({ kind }) => kind)).toEqual(['contact.push', 'matter.push']);
      expect(await links()).toEqual([
        ['cli_mat_1', 'pending', null],
        ['mat_1', 'pending', null],
        ['mat_2', 'waiting_for_client', 'waiting_for_client'],
      ]);
    });

    it('a dry run says the same and changes nothing', async () => {
      await put('mat_1');
      await put('mat_2', { clients: [] });
      const before = await links();
      expect(await sync(['mat_1', 'mat_2'], true)).toEqual({
        batch_id: null,
        accepted: 1,
        skipped: [{ matter_id: 'mat_2', reason: 'waiting_for_client' }],
      });
      expect([await links(), await operations()]).toEqual([before, []]);
    });

    it.each<[string, string[], string]>([
      ['one matter by hand goes in a person’s lane', ['mat_1'], 'person'],
      ['more in the bulk lane', ['mat_1', 'mat_2'], 'bulk'],
    ])('%s', async (_name, ids, lane) => {
      for (const id of ids) await put(id);
      await sync(ids);
      const rows = await one.database.query<{ lane: string }>(
        'select distinct lane from operations where firm_id = $1',
        [firmId],
      );
      expect(rows).toEqual([{ lane }]);
    });

    it('never touches the matters of another firm', async () => {
      await put('mat_1');
      const other = await one.firm();
      expect(await one.get(SyncMatters).run(other.firmId, { matter_ids: ['mat_1'] }, ACTOR)).toMatchObject({
        accepted: 0,
        skipped: [{ matter_id: 'mat_1', reason: 'not_found' }],
      });
      expect(await operations()).toEqual([]);
    });

    it('by filter takes those whose whole words fit', async () => {
      await put('mat_1', { title: 'Rivera v. Stone' });
      await put('mat_2', { title: 'Riverside Holdings' });
      const found = async (filter: object) =>
        (await one.get(SyncMatters).run(firmId, { filter, dry_run: true }, ACTOR)).accepted;
      expect([
        await found({ q: 'stone' }),
        await found({ q: 'sto' }),
        await found({}),
        await found({ state: 'confirmed' }),
      ]).toEqual([1, 0, 2, 0]);
    });
  });

  describe('cancelling', () => {
    it('leaves the links of new matters as they were', async () => {
      await put('mat_1');
      await put('mat_2');
      const before = await links();
      const { batch_id: id } = await sync(['mat_1', 'mat_2']);
      expect(await one.get(Batches).cancel(firmId, id ?? '', ACTOR)).toMatchObject({
        state: 'cancelled',
        total: 4,
        pending: 0,
        cancelled: 4,
        eta_seconds: 0,
      });
      expect(await links()).toEqual(before);
    });

    it('leaves the links of failed matters failed, for the same reason', async () => {
      await put('mat_1');
      await sync(['mat_1']);
      await one.database.query(`update connections set state = 'disconnected' where firm_id = $1`, [firmId]);
      for (const { id } of await one.database.query<{ id: string }>('select id from operations where firm_id = $1', [
        firmId,
      ]))
        await work.run(firmId, id);
      const before = await links();
      expect(before).toEqual([
        ['cli_mat_1', 'failed', 'not_connected'],
        ['mat_1', 'failed', 'not_connected'],
      ]);
      const retried = await one.get(RetryOperations).matching(firmId, {}, false, ACTOR);
      expect((await links()).map(([, state]) => state)).toEqual(['pending', 'pending']);
      await one.get(Batches).cancel(firmId, retried.batch_id ?? '', ACTOR);
      expect(await links()).toEqual(before);
    });

    it('lets go on what has begun', async () => {
      const [begun, waits] = [
        await work.add(firmId, { batchId: 'bat_1' }),
        await work.add(firmId, { batchId: 'bat_1' }),
      ];
      await one.database.query(
        `insert into batches (id, firm_id, kind, total, created_at) values ('bat_1', $1, 'sync', 2, now())`,
        [firmId],
      );
      work.execute = () => ACCEPTED;
      await work.run(firmId, begun);
      await one.get(Batches).cancel(firmId, 'bat_1', ACTOR);
      expect([await work.state(begun), await work.state(waits)]).toEqual(['accepted', 'cancelled']);
      await one.database.query('delete from batches where firm_id = $1', [firmId]);
    });

    it('of one of two that wait for the same work stops nothing of it; of both stops it', async () => {
      await put('mat_1');
      const [first, second] = [await sync(['mat_1']), await sync(['mat_1'])].map(({ batch_id: id }) => id ?? '');
      const underWay = { state: 'running', total: 2, pending: 2, cancelled: 0 };
      expect(await one.get(Batches).get(firmId, second ?? '')).toMatchObject(underWay);
      expect(await one.get(Batches).cancel(firmId, first ?? '', ACTOR)).toMatchObject(underWay);
      const both = { state: 'cancelled', total: 2, pending: 0, cancelled: 2 };
      expect(await one.get(Batches).cancel(firmId, second ?? '', ACTOR)).toMatchObject(both);
      expect(await one.get(Batches).get(firmId, first ?? '')).toMatchObject(both);
    });

    it('that is over changes nothing', async () => {
      await put('mat_1');
      const { batch_id: id } = await sync(['mat_1']);
      await one.database.query(`update operations set state = 'succeeded' where firm_id = $1`, [firmId]);
      expect(await one.get(Batches).cancel(firmId, id ?? '', ACTOR)).toMatchObject({ state: 'done', succeeded: 2 });
    });

    it.each<[string, () => Promise<unknown>]>([
      [
        'automatic sync',
        () => one.inFirm(firmId, (scope) => one.get(MatterPlanner).plan(scope, { matterId: 'mat_1', trigger: 'auto' })),
      ],
      ['a person', () => retryAll()],
    ])('leaves what %s asked for meanwhile', async (_name, ask) => {
      await put('mat_1');
      const { batch_id: id } = await sync(['mat_1']);
      await ask();
      expect(await one.get(Batches).cancel(firmId, id ?? '', ACTOR)).toMatchObject({ pending: 2, cancelled: 0 });
      expect((await operations()).map(({ state }) => state)).toEqual(['pending', 'pending']);
    });

    it('stops what a retry of many opened again and has not begun; a later sync goes on with what it remembers', async () => {
      const id = await work.add(firmId, { entityId: 'mat_1' });
      work.execute = async (context) => {
        await context.remember({ matter_sent_at: 5 });
        return failed('rejected');
      };
      await work.run(firmId, id);
      const { batch_id: batchId } = await one.get(RetryOperations).matching(firmId, {}, false, ACTOR);
      await one.get(Batches).cancel(firmId, batchId ?? '', ACTOR);
      expect(await work.state(id)).toBe('cancelled');
      expect(await work.add(firmId, { entityId: 'mat_1' })).toBe(id);
      expect((await work.row(id)).progress).toMatchObject({ matter_sent_at: 5 });
    });

    it('of another firm’s batch is not found', async () => {
      await put('mat_1');
      const { batch_id: id } = await sync(['mat_1']);
      const other = await one.firm();
      for (const act of [
        () => one.get(Batches).cancel(other.firmId, id ?? '', ACTOR),
        () => one.get(Batches).get(other.firmId, id ?? ''),
        () => one.get(Batches).results(other.firmId, id ?? ''),
      ])
        await expect(act()).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  describe('how far it is', () => {
    it('counts, and says how long it will take', async () => {
      for (const id of ['mat_1', 'mat_2', 'mat_3', 'mat_4']) await put(id);
      const { batch_id: batchId } = await sync(['mat_1', 'mat_2', 'mat_3', 'mat_4', 'mat_9']);
      const id = batchId ?? '';
      expect(await one.get(Batches).get(firmId, id)).toMatchObject({
        state: 'running',
        total: 8,
        pending: 8,
        eta_seconds: null,
        skipped: 1,
      });
      one.clock.advance(10_000);
      await one.database.query(
        `update operations set state = 'succeeded' where firm_id = $1 and kind = 'contact.push'`,
        [firmId],
      );
      expect(await one.get(Batches).get(firmId, id)).toMatchObject({ pending: 4, succeeded: 4, eta_seconds: 10 });
      await one.database.query(
        `update operations set state = 'failed', error_code = 'rejected' where firm_id = $1 and kind = 'matter.push'`,
        [firmId],
      );
      expect(await one.get(Batches).get(firmId, id)).toMatchObject({ state: 'done', failed: 4, eta_seconds: 0 });
      expect(await one.get(Batches).results(firmId, id)).toHaveLength(8);
    });

    it('its results as CSV run no formula and keep commas and quotes', async () => {
      await one.database.query(
        `insert into batches (id, firm_id, kind, total, created_at) values ('bat_csv', $1, 'sync', 2, now())`,
        [firmId],
      );
      const first = await work.add(firmId, { batchId: 'bat_csv', matterId: '=HYPERLINK("x"),1' });
      const second = await work.add(firmId, { batchId: 'bat_csv', matterId: null });
      expect(await one.get(Batches).resultsCsv(firmId, 'bat_csv')).toBe(
        `operation_id,matter_id,state,error_code\r\n${first},"'=HYPERLINK(""x""),1",pending,\r\n${second},,pending,\r\n`,
      );
    });
  });
});
