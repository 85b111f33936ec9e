import { operationFilterSchema, type OperationFilter } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { ScriptedWork } from '../testing/scripted-work';
import { failed, SUCCEEDED } from '../operations/outcome';
import { History } from './history';

const PAGE = { page: 1, per_page: 20 };

describe('the history', () => {
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

  const list = (filter: OperationFilter, page = PAGE) => one.get(History).list(firmId, filter, page, false);
  const ids = async (filter: OperationFilter) => (await list(filter)).data.map((row) => row.id);
  const put = (matterId: string, title: string, lastName: string) => {
    const client = { id: `cli_${matterId}`, first_name: 'Anna', last_name: lastName, phone: '(312) 555-0148' };
    return one.put(firmId, matterId, { title, clients: [client] });
  };
  const add = (entityId: string, change: object = {}) => work.add(firmId, { entityId, ...change });

  it('is newest first, and shows no other firm’s', async () => {
    const first = await add('mat_1');
    one.clock.advance(1);
    const second = await add('mat_2');
    await work.add((await one.firm()).firmId, { entityId: 'mat_1' });
    expect(await ids({})).toEqual([second, first]);
    const elsewhere = (await one.firm()).firmId;
    await expect(one.get(History).detail(elsewhere, first, false)).rejects.toMatchObject({ code: 'not_found' });
  });

  describe('a filter', () => {
    let a: string;
    let b: string;
    beforeEach(async () => {
      await put('mat_a', 'Rivera v. Stone', 'Rivera');
      await put('mat_b', 'Riverside 100%_holding', 'Núñez');
      a = await add('mat_a', { batchId: 'bat_1' });
      one.clock.advance(60_000);
      b = await add('mat_b', { kind: 'matter.push' });
      work.execute = () => failed('rejected');
      await work.run(firmId, a);
    });

    it.each<[string, (at: Date) => OperationFilter, string[]]>([
      ['by state', () => ({ state: 'failed' }), ['a']],
      ['by kind', () => ({ kind: 'matter.push' }), ['b']],
      ['by error code', () => ({ error_code: 'rejected' }), ['a']],
      ['by an error code that nothing has', () => ({ error_code: 'nothing' }), []],
      ['by matter', () => ({ matter_id: 'mat_b' }), ['b']],
      ['by batch', () => ({ batch_id: 'bat_1' }), ['a']],
      ['from a moment on', (at) => ({ from: at.toISOString() }), ['b']],
      ['up to a moment', (at) => ({ to: new Date(at.getTime() - 1).toISOString() }), ['a']],
      ['by two things at once', () => ({ state: 'failed', kind: 'matter.push' }), []],
      ['q: a whole word', () => ({ q: 'stone' }), ['a']],
      ['q: whatever the case', () => ({ q: 'STONE' }), ['a']],
      ['q: without its accents', () => ({ q: 'nunez' }), ['b']],
      ['q: two words of one record', () => ({ q: 'stone rivera' }), ['a']],
      ['q: two words of two records', () => ({ q: 'stone nunez' }), []],
      ['q: a part of a word', () => ({ q: 'ston' }), []],
      ['q: a phone number, written otherwise', () => ({ q: '312.555.0148' }), ['a', 'b']],
      ['q: the beginning of an id', () => ({ q: 'mat_' }), ['a', 'b']],
      ['q: the beginning of a code', () => ({ q: 'reject' }), ['a']],
      ['q: % is no wildcard', () => ({ q: '%' }), []],
      ['q: %mat is no wildcard', () => ({ q: '%mat_a' }), []],
      ['q: _ is no wildcard', () => ({ q: 'mat-a' }), []],
      ['q: _ stands for itself', () => ({ q: 'mat_a' }), ['a']],
      ['q: a backslash stands for itself', () => ({ q: 'mat\\_a' }), []],
      ['q: only signs', () => ({ q: '--' }), []],
      ['q: only spaces is no filter', () => ({ q: '   ' }), ['a', 'b']],
      ['an injection in q', () => ({ q: `' or 1=1 --` }), []],
      ['an injection in the code', () => ({ error_code: `rejected' or '1'='1` }), []],
      ['an injection in the batch', () => ({ batch_id: `'; drop table operations; --` }), []],
      ['a placeholder in q', () => ({ q: '$1' }), []],
    ])('%s', async (_name, filter, expected) => {
      const found = await ids(filter(one.clock.now()));
      expect(found.map((id) => (id === a ? 'a' : id === b ? 'b' : id)).sort()).toEqual(expected);
    });

    it.each(['state', 'kind', 'from', 'to', 'matter_id'])('refuses a %s that cannot be one', (name) => {
      expect(operationFilterSchema.safeParse({ [name]: `' or 1=1` }).success).toBe(false);
    });
  });

  it('shows each attempt, and the sealed words only to the firm', async () => {
    const id = await add('mat_1');
    work.execute = (context) => {
      context.step('Look');
      context.step('Write');
      return failed('rejected', 'Anna Rivera is no client');
    };
    await work.run(firmId, id);
    expect(await one.get(History).detail(firmId, id, false)).toMatchObject({
      id,
      state: 'failed',
      attempts: 1,
      entity: { type: 'matter', id: 'mat_1' },
      error: { code: 'rejected', message: 'Smokeball refused the data. (Anna Rivera is no client)', retryable: false },
      attempt_log: [{ number: 1, outcome: 'failed', error: { code: 'rejected' }, calls: [] }],
      steps: [
        { name: 'Look', attempt: 1, state: 'done' },
        { name: 'Write', attempt: 1, state: 'failed' },
      ],
    });
  });

  it('names people only to people', async () => {
    await put('mat_a', 'Rivera v. Stone', 'Rivera');
    await add('mat_a');
    const forPrograms = await list({});
    const forPeople = await one.get(History).list(firmId, {}, PAGE, true);
    expect(JSON.stringify(forPrograms)).not.toContain('Rivera');
    expect(forPeople.data[0]).toMatchObject({ matter_title: 'Rivera v. Stone' });
  });

  it('pages, and counts exactly up to 10,000', async () => {
    await one.database.query(
      `insert into operations (id, firm_id, kind, subject, entity_type, entity_id, state, trigger, lane, created_at, updated_at)
       select $1 || n, $1, 'reconcile', 'matter:' || n, 'matter', n, 'succeeded', 'auto', 'bulk', now() + n * interval '1 ms', now() from generate_series(1, 10000) n`,
      [firmId],
    );
    const at = async (page: number, per_page = 100) => (await list({}, { page, per_page })).pagination;
    expect(await at(1)).toEqual({ page: 1, per_page: 100, total: 10_000, has_more: true });
    expect(await at(100)).toEqual({ page: 100, per_page: 100, total: 10_000, has_more: false });
    await add('mat_one_more');
    expect(await at(100)).toEqual({ page: 100, per_page: 100, total: 10_000, has_more: true });
    await expect(at(101)).rejects.toMatchObject({ code: 'page_too_far', status: 400 });
    const [first, second] = [await list({}, { page: 1, per_page: 20 }), await list({}, { page: 2, per_page: 20 })];
    expect(new Set([...first.data, ...second.data].map((row) => row.id)).size).toBe(40);
  });
});
