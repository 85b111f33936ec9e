import { ConnectionListeners } from '@matterline/auth';
import { OPERATION_ERRORS, type OperationErrorCode } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { ScriptedWork } from '../testing/scripted-work';
import { ACCEPTED, failed, SUCCEEDED, waiting } from './outcome';

const HOUR_MS = 3600_000;
const MINUTE_MS = 60_000;

describe('putting an operation down', () => {
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
    work.confirm = () => SUCCEEDED;
  });
  afterAll(() => one.close());

  /** Runs it whenever it is due, moving the clock there, until it rests. @returns the waits in between */
  const runOut = async (id: string): Promise<number[]> => {
    const waits: number[] = [];
    for (let round = 0; round < 2_000; round += 1) {
      const row = await work.row(id);
      if (row.next_attempt_at === null) return waits;
      const waitMs = Math.max(0, row.next_attempt_at.getTime() - one.clock.nowMs());
      waits.push(waitMs);
      one.clock.advance(waitMs);
      await work.run(firmId, id);
    }
    throw new Error('it never rests');
  };
  const told = async () =>
    await one.database.query<{ type: string; matter_id: string }>(
      'select type, matter_id from events_out where firm_id = $1',
      [firmId],
    );
  const attempts = async (id: string) =>
    await one.database.query<{ outcome: string; error_code: string | null }>(
      'select outcome, error_code from attempts where operation_id = $1 order by number',
      [id],
    );

  it('succeeded: is over, and says so', async () => {
    const id = await work.add(firmId);
    await work.run(firmId, id);
    expect(await work.row(id)).toMatchObject({
      state: 'succeeded',
      attempts: 1,
      next_attempt_at: null,
      finished_at: one.clock.now(),
      request_ids: [id],
      holder: null,
    });
    expect(await attempts(id)).toEqual([{ outcome: 'succeeded', error_code: null }]);
    expect(await told()).toEqual([]);
  });

  const codes = Object.keys(OPERATION_ERRORS) as OperationErrorCode[];
  it.each(codes.filter((code) => ['held', 'final'].includes(OPERATION_ERRORS[code].fate)))(
    '%s: rests at once and is told once',
    async (code) => {
      const id = await work.add(firmId);
      work.execute = () => failed(code, 'Smokeball says: no');
      await work.run(firmId, id);
      const state = OPERATION_ERRORS[code].fate === 'held' ? 'held' : 'failed';
      expect(await work.row(id)).toMatchObject({
        state,
        error_code: code,
        next_attempt_at: null,
        finished_at: one.clock.now(),
      });
      expect(await attempts(id)).toEqual([{ outcome: 'failed', error_code: code }]);
      expect((await told()).map(({ type }) => type)).toEqual(['matter.sync_failed']);
      await work.run(firmId, id);
      expect(await told()).toHaveLength(1);
    },
  );

  it('keeps Smokeball’s words sealed', async () => {
    const id = await work.add(firmId);
    work.execute = () => failed('rejected', 'Anna Rivera is not a client');
    await work.run(firmId, id);
    const [row] = await one.database.query<{ text: string }>(
      'select o::text || (select string_agg(a::text, $2) from attempts a where a.operation_id = o.id) as text from operations o where id = $1',
      [id, ''],
    );
    expect(row?.text).toContain('rejected');
    expect(row?.text).not.toContain(Buffer.from('Rivera').toString('hex'));
  });

  it.each(codes.filter((code) => OPERATION_ERRORS[code].fate === 'retried'))(
    '%s: is tried again by itself, for more than a day; then it is held and told once',
    async (code) => {
      const id = await work.add(firmId);
      work.execute = () => failed(code);
      await work.run(firmId, id);
      expect(await work.row(id)).toMatchObject({ state: 'pending', error_code: code, finished_at: null });
      expect(await told()).toEqual([]);
      one.clock.advance(26 * HOUR_MS + 1);
      await work.run(firmId, id);
      expect(await work.row(id)).toMatchObject({ state: 'held', error_code: code, next_attempt_at: null });
      expect(await told()).toHaveLength(1);
    },
  );

  it('what passes by itself is tried later and later, but never given up before a day’s outage is over', async () => {
    const id = await work.add(firmId);
    const begun = one.clock.nowMs();
    work.execute = () => failed('smokeball_unavailable');
    await work.run(firmId, id);
    const waits = await runOut(id);
    expect(await work.state(id)).toBe('held');
    const lasted = one.clock.nowMs() - begun;
    expect(lasted).toBeGreaterThan(26 * HOUR_MS);
    expect(lasted).toBeLessThan(28 * HOUR_MS);
    expect(waits.every((wait) => wait > 0)).toBe(true);
    expect(waits.length).toBeLessThan(400);
  });

  it('mends itself when Smokeball is back', async () => {
    const id = await work.add(firmId);
    let tries = 0;
    work.execute = () => ((tries += 1) < 4 ? failed('smokeball_unavailable') : SUCCEEDED);
    await runOut(id);
    expect(await work.row(id)).toMatchObject({ state: 'succeeded', error_code: null, attempts: 4 });
    expect((await attempts(id)).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'succeeded']);
    expect(await told()).toEqual([]);
  });

  it('waiting is no failure and is not told', async () => {
    const id = await work.add(firmId);
    work.execute = () => waiting(30_000);
    await work.run(firmId, id);
    expect(await work.row(id)).toMatchObject({
      state: 'pending',
      error_code: null,
      next_attempt_at: new Date(one.clock.nowMs() + 30_000),
    });
    expect(await told()).toEqual([]);
  });

  it('a crash of ours is tried again and shows nothing of its message', async () => {
    const id = await work.add(firmId);
    work.execute = () => {
      throw new Error('Anna Rivera');
    };
    await work.run(firmId, id);
    expect(await work.row(id)).toMatchObject({ state: 'pending', error_code: 'internal', error_detail_enc: null });
  });

  describe('accepted', () => {
    it('is looked for again and again, and reported when it has not appeared in five minutes', async () => {
      const id = await work.add(firmId);
      const begun = one.clock.nowMs();
      let looks = 0;
      work.execute = () => ACCEPTED;
      work.confirm = () => {
        looks += 1;
        return waiting(0);
      };
      await runOut(id);
      expect(await work.row(id)).toMatchObject({ state: 'failed', error_code: 'not_confirmed', attempts: 1 });
      expect(one.clock.nowMs() - begun).toBeGreaterThan(5 * MINUTE_MS);
      expect(one.clock.nowMs() - begun).toBeLessThan(6 * MINUTE_MS);
      expect(looks).toBeGreaterThan(10);
      expect(await attempts(id)).toEqual([{ outcome: 'failed', error_code: 'not_confirmed' }]);
      expect(await told()).toHaveLength(1);
    });

    it('is confirmed by a look, in the same attempt', async () => {
      const id = await work.add(firmId);
      work.execute = () => ACCEPTED;
      await work.run(firmId, id);
      expect(await work.state(id)).toBe('accepted');
      await runOut(id);
      expect(await work.row(id)).toMatchObject({ state: 'succeeded', attempts: 1 });
    });

    it('stays accepted while Smokeball cannot be asked', async () => {
      const id = await work.add(firmId);
      work.execute = () => ACCEPTED;
      await work.run(firmId, id);
      work.confirm = () => failed('smokeball_unavailable');
      one.clock.advance(10_000);
      await work.run(firmId, id);
      expect(await work.row(id)).toMatchObject({ state: 'accepted', error_code: 'smokeball_unavailable' });
      expect(work.ran.filter((ran) => ran === id)).toHaveLength(1);
    });

    it('is sent again when storage threw the bytes away, and then has its five minutes anew', async () => {
      const id = await work.add(firmId);
      work.execute = () => ACCEPTED;
      work.confirm = () => failed('upload_refused');
      await work.run(firmId, id);
      one.clock.advance(6 * MINUTE_MS);
      await work.run(firmId, id);
      expect(await work.state(id)).toBe('pending');
      one.clock.advance(HOUR_MS);
      work.confirm = () => waiting(0);
      await work.run(firmId, id);
      one.clock.advance(10_000);
      await work.run(firmId, id);
      expect(await work.state(id)).toBe('accepted');
    });

    it.each([
      ['active', 5_000],
      ['missing', 800],
    ])('with the webhook %s it is first looked for after %i ms', async (hookState, waitMs) => {
      await one.database.query('update connections set hook_state = $2 where firm_id = $1', [firmId, hookState]);
      const id = await work.add(firmId);
      work.execute = () => ACCEPTED;
      await work.run(firmId, id);
      expect((await work.row(id)).next_attempt_at).toEqual(new Date(one.clock.nowMs() + waitMs));
    });
  });

  describe('a firm that is not connected', () => {
    it.each([
      ['disconnected', 'not_connected'],
      ['needs_reauth', 'needs_reauth'],
    ])(
      '%s: the work is held without an attempt, and goes on by itself once there is a connection',
      async (state, code) => {
        await one.database.query('update connections set state = $2 where firm_id = $1', [firmId, state]);
        const id = await work.add(firmId);
        await work.run(firmId, id);
        expect(await work.row(id)).toMatchObject({ state: 'held', error_code: code, attempts: 0 });
        expect(work.ran).not.toContain(id);
        await one.database.query(`update connections set state = 'connected' where firm_id = $1`, [firmId]);
        const other = await work.add(firmId);
        work.execute = () => failed('needs_mapping');
        await work.run(firmId, other);
        await one.get(ConnectionListeners).connected(firmId);
        work.execute = () => SUCCEEDED;
        await work.run(firmId, id);
        expect([await work.state(id), await work.state(other)]).toEqual(['succeeded', 'held']);
      },
    );
  });
});
