import { OperationHandlers, Operations } from '@matterline/sync';
import { ACCOUNT_ID, type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { EventHandlers, type SmokeballEvent } from '../event-handlers';
import { Inbox } from '../inbox';
import { ProcessEvent } from '../process-event';

const TYPE = 'planted.updated';

describe('events that our own calls caused', () => {
  let one: AppUnderTest;
  let firmId: string;
  let handled: SmokeballEvent[];

  beforeAll(async () => {
    one = await startApp();
    one.get(OperationHandlers).register({
      kind: 'reconcile',
      execute: () => Promise.resolve({ kind: 'accepted' }),
      confirm: () => Promise.resolve({ kind: 'waiting', waitMs: 0 }),
      confirmedByEvent: (_scope, operation, resourceId) =>
        Promise.resolve(operation.progress['matter_id'] === resourceId),
    });
    one.get(EventHandlers).onSmokeball([TYPE], (event) => {
      handled.push(event);
      return Promise.resolve({ note: 'handled' });
    });
  });
  beforeEach(async () => {
    handled = [];
    ({ firmId } = await one.firm());
    await one.connect(firmId);
  });
  afterAll(() => one.close());

  /** An operation in this state that knows of the matter `m-1`. */
  const operation = async (state: string, firm = firmId) => {
    const { id } = await one.inFirm(firm, (scope) =>
      one.get(Operations).enqueue(scope, {
        kind: 'reconcile',
        subject: 'matter:mat_1',
        matterId: 'mat_1',
        entityType: 'matter',
        entityId: 'mat_1',
        trigger: 'auto',
      }),
    );
    // On the way that every operation takes: the database lets nothing jump.
    if (state !== 'pending' && state !== 'cancelled')
      await one.database.query(`update operations set state = 'running' where id = $1`, [id]);
    await one.database.query(
      `update operations set state = $2, progress = '{"matter_id": "m-1"}', next_attempt_at = case when $2 in ('succeeded', 'failed') then null else next_attempt_at end where id = $1`,
      [id, state],
    );
    return id;
  };
  const arrive = async (
    requestId: string | null,
    change: { type?: string; resourceId?: string | null; payload?: object } = {},
  ) => {
    const { type = TYPE, resourceId = 'm-1' } = change;
    const body = Buffer.from(
      JSON.stringify({ accountId: ACCOUNT_ID, type, payload: { id: resourceId, ...change.payload } }),
    );
    await one.inFirm(firmId, (scope) =>
      one
        .get(Inbox)
        .store(scope, { source: 'smokeball', type, resourceId, requestId, body, dedupe: [String(Math.random())] }),
    );
    const [event] = await one.database.query<{ id: string }>(
      `select id from events_in where firm_id = $1 order by received_at desc, id desc limit 1`,
      [firmId],
    );
    await one.get(ProcessEvent).run(firmId, event?.id ?? '');
    const [done] = await one.database.query<{ state: string; note: string; matter_id: string | null }>(
      'select state, note, matter_id from events_in where id = $1',
      [event?.id],
    );
    one.clock.advance(1);
    return done;
  };
  const row = async (id: string) => {
    const [found] = await one.database.query<{
      state: string;
      error_code: string | null;
      progress: object;
      error_detail_enc: Buffer | null;
    }>('select state, error_code, progress, error_detail_enc from operations where id = $1', [id]);
    return found;
  };

  it('confirm an accepted operation without a read, when they name its record', async () => {
    const id = await operation('accepted');
    await arrive(id);
    expect(await row(id)).toMatchObject({ state: 'succeeded', error_code: null });
    expect(handled).toMatchObject([{ isEcho: true, requestId: id }]);
  });

  it('do not confirm when they name another record', async () => {
    const id = await operation('accepted');
    await arrive(id, { resourceId: 'm-2' });
    expect(await row(id)).toMatchObject({ state: 'accepted' });
    expect(handled).toMatchObject([{ isEcho: true }]);
  });

  it('do not confirm when they name no record', async () => {
    const id = await operation('accepted');
    await arrive(id, { resourceId: null });
    expect(await row(id)).toMatchObject({ state: 'accepted' });
  });

  it('that come before the answer to our call help the look that follows', async () => {
    const id = await operation('running');
    await arrive(id, { resourceId: 'm-9' });
    expect(await row(id)).toMatchObject({ state: 'running', progress: { matter_id: 'm-1', event_id: 'm-9' } });
  });

  it.each(['succeeded', 'failed', 'cancelled'])('change nothing of an operation that is %s', async (state) => {
    const id = await operation(state);
    await arrive(id);
    expect(await row(id)).toMatchObject({ state, progress: { matter_id: 'm-1' } });
  });

  it('as errors fail the operation that they name, with Smokeball’s words sealed, and are handled no further', async () => {
    const [refused, other] = [await operation('accepted'), 'op_other'];
    const done = await arrive(refused, { type: 'error', payload: { message: 'Anna Rivera is no client' } });
    expect(await row(refused)).toMatchObject({ state: 'failed', error_code: 'refused_later' });
    expect((await row(refused))?.error_detail_enc?.includes('Rivera')).toBe(false);
    expect(done).toMatchObject({ state: 'done', matter_id: 'mat_1' });
    expect(await row(other)).toBeUndefined();
    expect(handled).toEqual([]);
  });

  it('as errors leave alone what has succeeded', async () => {
    const id = await operation('succeeded');
    await arrive(id, { type: 'error', payload: { message: 'too late' } });
    expect(await row(id)).toMatchObject({ state: 'succeeded', error_code: null });
  });

  it('of another firm’s operation are no echo and touch nothing there', async () => {
    const other = await one.firm();
    const theirs = await operation('accepted', other.firmId);
    await arrive(theirs);
    await arrive(theirs, { type: 'error', payload: { message: 'no' } });
    expect(await row(theirs)).toMatchObject({ state: 'accepted', error_code: null, progress: { matter_id: 'm-1' } });
    expect(handled).toMatchObject([{ isEcho: false }]);
  });

  it.each(['op_unknown', '8f14e45f-ceea-467f-9c2b-000000000000', "op_' or 1=1 --", null])(
    'with the request id %j are no echo',
    async (requestId) => {
      await arrive(requestId);
      expect(handled).toMatchObject([{ isEcho: false }]);
    },
  );

  it('that nobody handles are kept and shown', async () => {
    expect(await arrive(null, { type: 'nobody.knows' })).toMatchObject({ state: 'ignored' });
  });

  it('are handled once, whatever the number of processes that are woken', async () => {
    const two = await startApp({ beside: one });
    two.get(EventHandlers).onSmokeball([TYPE], (event) => {
      handled.push(event);
      return Promise.resolve({ note: 'handled' });
    });
    const body = Buffer.from(JSON.stringify({ accountId: ACCOUNT_ID, type: TYPE, payload: { id: 'm-1' } }));
    await one.inFirm(firmId, (scope) =>
      one
        .get(Inbox)
        .store(scope, { source: 'smokeball', type: TYPE, resourceId: 'm-1', requestId: null, body, dedupe: ['1'] }),
    );
    const [event] = await one.database.query<{ id: string }>('select id from events_in where firm_id = $1', [firmId]);
    await Promise.all([one, two, one, two].map((at) => at.get(ProcessEvent).run(firmId, event?.id ?? '')));
    expect(handled).toHaveLength(1);
    await two.close();
  });
});
