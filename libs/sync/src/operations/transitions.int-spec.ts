import { OPERATION_STATES } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { ScriptedWork } from '../testing/scripted-work';
import { TRANSITIONS } from './transitions';

describe('the states of an operation', () => {
  let one: AppUnderTest;
  let work: ScriptedWork;
  let firmId: string;

  beforeAll(async () => {
    one = await startApp();
    work = new ScriptedWork(one);
    ({ firmId } = await one.firm());
  });
  afterAll(() => one.close());

  it('the database knows the same transitions as we do', async () => {
    const rows = await one.database.query<{ before: string; after: string }>(
      'select before, after from operation_transitions',
    );
    const known = rows.map(({ before, after }) => `${before} → ${after}`).sort();
    const ours = OPERATION_STATES.flatMap((before) =>
      TRANSITIONS[before].map((after) => `${before} → ${after}`),
    ).sort();
    expect(known).toEqual(ours);
  });

  it.each(OPERATION_STATES.flatMap((before) => OPERATION_STATES.map((after) => [before, after] as const)))(
    '%s → %s',
    async (before, after) => {
      const id = await work.add(firmId);
      // Past the trigger, as the owner of the table.
      await one.database.query('alter table operations disable trigger transition');
      await one.database.query('update operations set state = $2 where id = $1', [id, before]);
      await one.database.query('alter table operations enable trigger transition');
      const change = one.inFirm(firmId, (scope) =>
        scope.change('update operations set state = $2 where id = $1', [id, after]),
      );
      if (before === after || TRANSITIONS[before].includes(after)) await change;
      else await expect(change).rejects.toThrow(`${before} cannot become ${after}`);
      expect(await work.state(id)).toBe(before === after || TRANSITIONS[before].includes(after) ? after : before);
    },
  );
});
