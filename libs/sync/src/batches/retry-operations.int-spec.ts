import { operationFilterSchema } from '@matterline/contracts';
import { ApiError } from '@matterline/platform';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { ScriptedWork } from '../testing/scripted-work';
import { ACCEPTED, failed, SUCCEEDED, waiting } from '../operations/outcome';
import { Batches } from './batches';
import { RetryOperations } from './retry-operations';

const ACTOR = 'key:key_1';

describe('retrying', () => {
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

  const retry = (id: string, firm = firmId) => one.get(RetryOperations).one(firm, id, ACTOR);

  it.each<[string, ScriptedWork['execute']]>([
    ['accepted', () => ACCEPTED],
    ['succeeded', () => SUCCEEDED],
  ])('one that is %s is a conflict', async (state, execute) => {
    const id = await work.add(firmId);
    work.execute = execute;
    await work.run(firmId, id);
    await expect(retry(id)).rejects.toMatchObject({ code: 'conflict', details: { state } });
  });

  it.each<[string, ScriptedWork['execute']]>([
    ['failed', () => failed('rejected')],
    ['held', () => failed('needs_mapping')],
  ])('one that is %s opens the same one again', async (_state, execute) => {
    const id = await work.add(firmId);
    work.execute = execute;
    await work.run(firmId, id);
    await retry(id);
    expect(await work.row(id)).toMatchObject({
      state: 'pending',
      trigger: 'retry',
      lane: 'person',
      error_code: null,
    });
  });

  it.each<[string, ScriptedWork['execute']]>([
    ['would be tried again by itself', () => failed('smokeball_unavailable')],
    ['waits for something', () => waiting(60_000)],
  ])('one that %s is tried now', async (_name, execute) => {
    const id = await work.add(firmId);
    work.execute = execute;
    await work.run(firmId, id);
    await retry(id);
    expect((await work.row(id)).next_attempt_at).toEqual(one.clock.now());
  });

  it.each(['op_unknown', ''])('the unknown one %j is not found', async (id) => {
    await expect(retry(id)).rejects.toBeInstanceOf(ApiError);
  });

  it('another firm’s is not found and stays as it is', async () => {
    const id = await work.add(firmId);
    work.execute = () => failed('rejected');
    await work.run(firmId, id);
    const other = await one.firm();
    await expect(retry(id, other.firmId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await work.state(id)).toBe('failed');
  });

  it('all that match, in their first order; a dry run only counts', async () => {
    const ids = [];
    for (const code of ['rejected', 'needs_mapping', 'rejected'] as const) {
      const id = await work.add(firmId);
      work.execute = () => failed(code);
      await work.run(firmId, id);
      ids.push(id);
    }
    const filter = operationFilterSchema.parse({ error_code: 'rejected' });
    expect(await one.get(RetryOperations).matching(firmId, filter, true, ACTOR)).toEqual({
      batch_id: null,
      accepted: 2,
    });
    expect(await Promise.all(ids.map((id) => work.state(id)))).toEqual(['failed', 'held', 'failed']);
    const { batch_id: batchId, accepted } = await one.get(RetryOperations).matching(firmId, filter, false, ACTOR);
    expect(accepted).toBe(2);
    const results = await one.get(Batches).results(firmId, batchId ?? '');
    expect(results.map((row) => row.operation_id)).toEqual([ids[0], ids[2]]);
  });
});
