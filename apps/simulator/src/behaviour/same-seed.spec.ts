import { GRACE, Receiver, SimulatorUnderTest, TOM, type Json } from '../testing/simulator-under-test';

const FROZEN = '2026-11-02T09:00:00Z';
/** Everything that is drawn at random, on. */
const CHANCES: Json = {
  frozen_at: FROZEN,
  visibility_ms: { min: 100, max: 5000 },
  index_lag_ms: { min: 0, max: 3000 },
  number_delay_ms: { min: 100, max: 5000 },
  error_delay_ms: { min: 100, max: 5000 },
  ingest_ms: { min: 100, max: 5000 },
  webhook_delay_ms: { min: 0, max: 4000 },
  webhook_retry_ms: [1000, 2000],
  user_id_absent_p: 0.3,
  duplicate_p: 0.3,
  reorder_p: 0.3,
  drop_p: 0.2,
  bucket: { enabled: true },
};
const EVENTS = ['contact.created', 'contact.updated', 'matter.created', 'matter.updated', 'roles.updated'];

describe('the same seed', () => {
  /** What a partner sees of one long scripted run. Tokens are signed with keys of their own and left out. */
  async function run(sim: SimulatorUnderTest, receiver: Receiver): Promise<Json> {
    receiver.received.length = 0;
    receiver.answers = [200, 200, 503, 200, 500, 200, 200, 503, 503, 200];
    await sim.registerPartner('us');
    await sim.connect('us', GRACE);
    await sim.connect('us', TOM);
    const answers: unknown[] = [];
    const call = async (method: string, path: string, body?: Json): Promise<Json> => {
      const answer = await sim.api(method, path, { body });
      answers.push([answer.status, answer.text, answer.headers['requestid']]);
      return answer.body;
    };
    await call('POST', '/webhooks', {
      key: 'k',
      eventTypes: [...EVENTS, 'files.updated', 'error'],
      eventNotificationUrl: receiver.url,
    });
    await call('GET', '/contacts?Limit=3');
    const types = await sim.api('GET', '/mattertypes?Location=MA&Type=0&Name=Divorce');
    const matterTypeId = types.list[0]?.['id'];
    for (let i = 0; i < 6; i += 1) {
      await sim.advance(700);
      const made = await call('POST', '/contacts', { person: { firstName: `P${i}`, email: `p${i}@x.example` } });
      await call('GET', `/contacts/${String(made['id'])}`);
      await sim.advance(400 + i * 100);
      await call('GET', `/contacts?Search=email:p${i}@x.example`);
      await call('PUT', `/contacts/${String(made['id'])}`, { person: { firstName: `Q${i}` } });
      await call('POST', '/matters', { matterTypeId, clientIds: [made['id']], status: 'Open' });
    }
    const seeded = String((await sim.firm())['matters']?.[0]?.['id']);
    const slot = await sim.api('POST', `/matters/${seeded}/documents/files`, { body: { fileName: 'a.pdf' } });
    await sim.raw('PUT', String(slot.body['uploadUrl']), Buffer.from('bytes'), { 'content-type': '' });
    await sim.control('POST', `/us/as-user/matters/${seeded}`, { status: 'Closed' });
    await sim.settle();
    const deliveries = (await sim.control('GET', '/deliveries?since=0')).list;
    return {
      answers: withoutPort(answers, sim.base),
      received: receiver.received.map(({ headers, text }) => [
        headers['requestid'],
        headers['timestamp'],
        headers['signature'],
        text,
      ]),
      states: deliveries.map(({ state, type, attempts }) => [
        type,
        state,
        (attempts as Json[]).map(({ at, status }) => [at, status]),
      ]),
      firm: withoutPort(await sim.firm(), sim.base),
    };
  }

  const withoutPort = (value: unknown, base: string): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll(base.replace('127.0.0.1', 'localhost'), ''));

  const start = async (seed: number): Promise<SimulatorUnderTest> =>
    SimulatorUnderTest.start(CHANCES, { seed, env: { SIMULATOR_SWITCHES: JSON.stringify(CHANCES) } });

  it('gives the same run in another process and after a reset with it; another seed gives another run', async () => {
    const receiver = await Receiver.start();
    const [a, b] = [await start(5), await start(5)];
    const first = await run(a, receiver);
    const second = await run(b, receiver);
    await a.reset(CHANCES, { seed: 5 });
    const again = await run(a, receiver);
    await b.reset(CHANCES, { seed: 6 });
    const other = await run(b, receiver);
    await a.close();
    await b.close();
    await receiver.close();
    expect((first['received'] as unknown[]).length).toBeGreaterThan(15);
    const states = new Set((first['states'] as [string, string][]).map(([, state]) => state));
    expect(states).toEqual(new Set(['delivered', 'dropped']));
    expect(second).toEqual(first);
    expect(again).toEqual(first);
    expect(other['received']).not.toEqual(first['received']);
    const idsOf = (of: Json): unknown[] =>
      (of['firm'] as Record<string, Json[]>)['contacts']?.map((contact) => contact['id']) ?? [];
    expect(idsOf(other).filter((id) => idsOf(first).includes(id))).toEqual([]);
  });

  it('a frozen clock stands still, and nothing happens until it is moved', async () => {
    const sim = await SimulatorUnderTest.connected({ frozen_at: FROZEN, visibility_ms: 1 });
    const now = async () => (await sim.control('GET', '/clock')).body;
    const made = await sim.api('POST', '/contacts', { body: { person: { firstName: 'x' } } });
    const path = `/contacts/${String(made.body['id'])}`;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect((await sim.api('GET', path)).status).toBe(404);
    expect(await now()).toMatchObject({ now: '2026-11-02T09:00:00.0000000Z', offset_ms: 0 });
    await sim.advance(1);
    expect((await sim.api('GET', path)).status).toBe(200);
    expect(await now()).toMatchObject({ now: '2026-11-02T09:00:00.0010000Z', offset_ms: 1 });
    await sim.switches({ frozen_at: null });
    expect(Math.abs(Date.parse(String((await now())['now'])) - Date.now())).toBeLessThan(60_000);
    await sim.close();
  });
});
