import type { OperationErrorCode } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { ScriptedWork } from '../testing/scripted-work';
import { Operations } from './operations';
import { failed, SUCCEEDED } from './outcome';

describe('writing an operation down', () => {
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

  it('gives the open one of the same kind and record instead of a second', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => work.add(firmId, { entityId: 'mat_1' })));
    expect(new Set(ids).size).toBe(1);
    expect(await work.add(firmId, { entityId: 'mat_2' })).not.toBe(ids[0]);
  });

  it('keeps the records of two firms apart', async () => {
    const { firmId: elsewhere } = await one.firm();
    expect(await work.add(firmId, { entityId: 'mat_1' })).not.toBe(await work.add(elsewhere, { entityId: 'mat_1' }));
  });

  it.each<[string, 'rejected' | 'needs_mapping']>([
    ['failed', 'rejected'],
    ['held', 'needs_mapping'],
  ])('opens one that is %s again, with what it remembers, its tries counted anew', async (state, code) => {
    const id = await work.add(firmId, { entityId: 'mat_1' });
    work.execute = async (context) => {
      await context.remember({ matter_sent_at: 5 });
      return failed(code);
    };
    await work.run(firmId, id);
    expect(await work.state(id)).toBe(state);
    expect(await work.add(firmId, { entityId: 'mat_1', trigger: 'bulk', batchId: 'bat_1' })).toBe(id);
    expect(await work.row(id)).toMatchObject({
      state: 'pending',
      trigger: 'bulk',
      lane: 'bulk',
      batch_id: 'bat_1',
      error_code: null,
      attempts: 1,
      tries_since_reset: 0,
      first_tried_at: null,
      progress: { matter_sent_at: 5 },
    });
  });

  it('begins a new one after one that succeeded', async () => {
    const id = await work.add(firmId, { entityId: 'mat_1' });
    await work.run(firmId, id);
    expect(await work.add(firmId, { entityId: 'mat_1' })).not.toBe(id);
  });

  it('resumes only what waited for that reason, in that matter', async () => {
    const add = async (entityId: string, code: OperationErrorCode) => {
      const id = await work.add(firmId, { entityId });
      work.execute = () => failed(code);
      await work.run(firmId, id);
      return id;
    };
    const ids = [
      await add('mat_1', 'contact_failed'),
      await add('mat_2', 'contact_failed'),
      await add('mat_3', 'needs_mapping'),
    ];
    const resumed = await one.inFirm(firmId, (scope) =>
      one.get(Operations).resumeHeld(scope, ['contact_failed'], 'mat_1'),
    );
    expect(resumed).toBe(1);
    expect(await Promise.all(ids.map((id) => work.state(id)))).toEqual(['pending', 'held', 'held']);
  });

  it('leaves nothing behind when the transaction fails', async () => {
    const adding = one.inFirm(firmId, async (scope) => {
      await one.get(Operations).enqueue(scope, {
        kind: work.kind,
        subject: 'matter:x',
        matterId: 'x',
        entityType: 'matter',
        entityId: 'x',
        trigger: 'auto',
      });
      throw new Error('thought better of it');
    });
    await expect(adding).rejects.toThrow();
    expect(await one.database.query(`select 1 from operations where firm_id = $1`, [firmId])).toEqual([]);
  });
});
