import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { openEvents, runEvents, storeEvent } from '../../../config/testing/smokeball-events';
import { EventHandlers, EventNotYet, type SmokeballEvent, typesOf } from './event-handlers';
import { ProcessEvent } from './process-event';

const TYPES = ['planted.created', 'planted.updated'];
const MANY = 40;

describe('several events of one record', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;
  let firmId: string;
  let readings: SmokeballEvent[];
  let during: (() => Promise<void>) | null;

  const plant = (at: AppUnderTest) =>
    at.get(EventHandlers).onSmokeball(
      TYPES,
      async (event) => {
        readings.push(event);
        await during?.();
        return { note: 'read', matterId: 'mat_1' };
      },
      { gather: true },
    );
  const store = async (count: number, id = 'r-1', type = 'planted.updated') => {
    for (let at = 0; at < count; at += 1) await storeEvent(one, firmId, { type, id });
  };
  const states = async () =>
    await one.database.query<{ state: string; attempts: number; note: string; matter_id: string | null }>(
      'select state, attempts, note, matter_id from events_in where firm_id = $1 order by received_at, id',
      [firmId],
    );
  const runAllAtOnce = async () => {
    const open = await openEvents(one, firmId);
    await Promise.all(open.map((id, at) => (at % 2 === 0 ? one : two).get(ProcessEvent).run(firmId, id)));
  };

  beforeAll(async () => {
    one = await startApp();
    two = await startApp({ beside: one });
    plant(one);
    plant(two);
  });
  beforeEach(async () => {
    readings = [];
    during = null;
    ({ firmId } = await one.firm());
    await one.connect(firmId);
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  it('that wait together cost one reading, whoever is woken', async () => {
    await store(1, 'r-1', 'planted.created');
    await store(MANY);
    await runAllAtOnce();
    expect(readings).toHaveLength(1);
    expect(readings[0]?.together).toHaveLength(MANY + 1);
    expect([...typesOf(readings[0] as SmokeballEvent)].sort()).toEqual(TYPES);
    const rows = await states();
    expect(new Set(rows.map((row) => `${row.state} ${row.note} ${row.matter_id}`))).toEqual(
      new Set([`done read (one reading for ${MANY + 1} events) mat_1`]),
    );
  });

  it('that come while it is being read wait, and cost one more', async () => {
    await store(1);
    during = async () => {
      during = null;
      await store(MANY);
      await runAllAtOnce();
    };
    await runEvents(one, firmId);
    expect(readings).toHaveLength(1);
    await runAllAtOnce();
    expect(readings).toHaveLength(2);
    expect(readings[1]?.together).toHaveLength(MANY);
    expect(await openEvents(one, firmId)).toEqual([]);
  });

  it('keep to their record: another record has a reading of its own', async () => {
    await store(2, 'r-1');
    await store(2, 'r-2');
    await runAllAtOnce();
    expect(readings.map(({ resourceId }) => resourceId).sort()).toEqual(['r-1', 'r-2']);
  });

  it('are all looked at again when Smokeball is away, and only one of them spends its attempt', async () => {
    await store(3);
    during = () => Promise.reject(new EventNotYet('away'));
    const [first = ''] = await openEvents(one, firmId);
    await one.get(ProcessEvent).run(firmId, first);
    expect((await states()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['pending', 1],
      ['pending', 0],
      ['pending', 0],
    ]);
    during = null;
    one.clock.advance(60_000);
    await runAllAtOnce();
    expect(readings).toHaveLength(2);
    expect(await openEvents(one, firmId)).toEqual([]);
  });

  it.each(['memo.created', 'memo.deleted', 'task.created', 'task.completed', 'noop'])(
    'a %s is kept and shown with a plain note',
    async (type) => {
      await storeEvent(one, firmId, { type, id: 'x-1' });
      await runEvents(one, firmId);
      expect(await states()).toMatchObject([
        { state: 'done', note: expect.stringMatching(/^a (memo|task|test event) /) as string },
      ]);
      expect(readings).toEqual([]);
    },
  );
});
