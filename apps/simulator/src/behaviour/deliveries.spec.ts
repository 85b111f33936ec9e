import { Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const FROZEN = '2026-11-02T09:00:00Z';
const KEY = 'a key';

describe('deliveries of webhooks', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  beforeAll(async () => {
    [sim, receiver] = [await SimulatorUnderTest.start(), await Receiver.start()];
  });
  afterAll(async () => {
    await receiver.close();
    await sim.close();
  });
  beforeEach(async () => {
    receiver.received.length = 0;
    receiver.answers = [200];
    await sim.begin({ frozen_at: FROZEN });
  });

  const subscribe = async (...eventTypes: string[]): Promise<void> => {
    const body = { key: KEY, eventTypes, eventNotificationUrl: receiver.url };
    expect((await sim.api('POST', '/webhooks', { body })).status).toBe(200);
  };
  const createContact = async (): Promise<string> => {
    const made = await sim.api('POST', '/contacts', { body: { person: { firstName: 'New' } } });
    return `/contacts/${String(made.body['id'])}`;
  };
  const changeContact = (path: string) => sim.api('PUT', path, { body: { person: { firstName: 'Changed' } } });
  const deliveries = async (): Promise<Json[]> => [...(await sim.control('GET', '/deliveries?since=0')).list];
  /** When each attempt of the first delivery was made, in milliseconds after the first. */
  const waits = async (): Promise<number[]> => {
    const [first] = await deliveries();
    const at = (first?.['attempts'] as Json[]).map((attempt) => Date.parse(String(attempt['at'])));
    return at.map((ms) => ms - (at[0] ?? 0));
  };

  it('9.45 the defaults: 10 seconds of patience, retries after 5, 30 and 120 seconds, no other trouble', async () => {
    await sim.control('POST', '/reset', {});
    expect((await sim.control('GET', '/switches')).body).toMatchObject({
      webhook_timeout_ms: 10_000,
      webhook_retry_ms: [5000, 30_000, 120_000],
      webhook_retry_keeps_signature: false,
      duplicate_p: 0,
      reorder_p: 0,
      drop_p: 0,
    });
  });

  it.each([500, 404, 302, 300])('9.45 three retries after a %i, then no more', async (status) => {
    receiver.answers = [status];
    await subscribe('contact.created');
    await createContact();
    await sim.settle();
    expect(receiver.received).toHaveLength(4);
    expect(await waits()).toEqual([0, 5000, 35_000, 155_000]);
    const attempts = Array.from({ length: 4 }, () => ({ status }));
    expect(await deliveries()).toMatchObject([{ state: 'failed', attempts }]);
  });

  it('9.45 a retry that succeeds is the last one', async () => {
    receiver.answers = [503, 204];
    await subscribe('contact.created');
    await createContact();
    await sim.advance(4999);
    expect(receiver.received).toHaveLength(1);
    await sim.advance(1);
    expect(receiver.received).toHaveLength(2);
    await sim.settle();
    expect(receiver.received).toHaveLength(2);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: [{ status: 503 }, { status: 204 }] }]);
  });

  it('9.45 a receiver that is too slow counts as failed', async () => {
    await sim.switches({ webhook_timeout_ms: 50 });
    receiver.answers = [0, 200];
    await subscribe('contact.created');
    await createContact();
    await sim.settle();
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: [{ status: null }, { status: 200 }] }]);
  });

  it('9.45 a receiver that is not there counts as failed, and other waits are a switch', async () => {
    await sim.switches({ webhook_retry_ms: [1000, 1000] });
    const body = { eventTypes: ['contact.created'], eventNotificationUrl: 'http://127.0.0.1:9/' };
    await sim.api('POST', '/webhooks', { body });
    await createContact();
    await sim.settle();
    expect(await waits()).toEqual([0, 1000, 2000]);
  });

  it('9.45 the retries can be none', async () => {
    await sim.switches({ webhook_retry_ms: [] });
    receiver.answers = [500];
    await subscribe('contact.created');
    await createContact();
    await sim.settle();
    expect(await deliveries()).toMatchObject([{ state: 'failed', attempts: [{ status: 500 }] }]);
  });

  it('9.45 with duplicate_p 1 everything comes twice, and the same both times', async () => {
    await sim.switches({ duplicate_p: 1 });
    await subscribe('contact.created', 'contact.updated');
    await changeContact(await createContact());
    await sim.settle();
    expect(receiver.types()).toEqual(['contact.created', 'contact.updated', 'contact.created', 'contact.updated']);
    const texts = receiver.received.map(({ text }) => text);
    expect(texts.slice(0, 2)).toEqual(texts.slice(2));
  });

  it('9.45 with drop_p 1 nothing comes', async () => {
    await sim.switches({ drop_p: 1 });
    await subscribe('contact.created');
    await createContact();
    await sim.settle();
    expect(receiver.received).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'dropped', attempts: [] }]);
  });

  it.each([
    ['duplicate_p', 'more'],
    ['drop_p', 'fewer'],
    ['reorder_p', 'in another order'],
  ])('9.45 with %s 0.5 some of forty come %s', async (name, how) => {
    await sim.switches({ [name]: 0.5 });
    await subscribe('contact.created');
    const made: string[] = [];
    for (let i = 0; i < 40; i += 1) made.push(await createContact());
    await sim.settle();
    const got = receiver.received.map(({ body }) => `/contacts/${String((body['payload'] as Json)['id'])}`);
    const count = { more: [45, 79], fewer: [5, 35], 'in another order': [40, 40] }[how] ?? [];
    expect(got.length).toBeGreaterThanOrEqual(Number(count[0]));
    expect(got.length).toBeLessThanOrEqual(Number(count[1]));
    expect(got.filter((path) => !made.includes(path))).toEqual([]);
    if (how === 'in another order') {
      expect(got).not.toEqual(made);
      expect([...got].sort()).toEqual([...made].sort());
    }
  });

  const forced: [string, string[]][] = [
    ['reorder', ['contact.updated', 'contact.created']],
    ['drop', ['contact.updated']],
    ['duplicate', ['contact.created', 'contact.updated', 'contact.created']],
    ['fail', ['contact.updated', 'contact.created']],
  ];
  it.each(forced)('9.45 the next delivery can be made to %s', async (outcome, types) => {
    await sim.control('POST', '/deliveries/force', { outcome, count: 1 });
    await subscribe('contact.created', 'contact.updated');
    await changeContact(await createContact());
    await sim.settle();
    expect(receiver.types()).toEqual(types);
  });

  it.each([
    [false, 3],
    [true, 1],
  ])('9.46 a retry keeps the body; time and signature are kept only with the switch (%s)', async (keeps, different) => {
    await sim.switches({ webhook_retry_keeps_signature: keeps });
    receiver.answers = [503, 503, 200];
    await subscribe('contact.created');
    await createContact();
    await sim.settle();
    const count = (values: unknown[]): number => new Set(values).size;
    const all = receiver.received;
    expect([all.length, count(all.map(({ text }) => text))]).toEqual([3, 1]);
    expect(count(all.map(({ headers }) => headers['requestid']))).toBe(1);
    expect(count(all.map(({ headers }) => headers['timestamp']))).toBe(different);
    expect(count(all.map(({ headers }) => headers['signature']))).toBe(different);
  });

  it('9.46 the body tells when it happened, the header when it was sent', async () => {
    receiver.answers = [503, 200];
    await subscribe('contact.created');
    await createContact();
    await sim.settle();
    const msOf = (ticks: string | undefined): number =>
      Number((BigInt(ticks ?? '0') - 621_355_968_000_000_000n) / 10_000n);
    const happened = receiver.received.map(({ text }) => msOf(/"timestamp":(\d+)/.exec(text)?.[1]));
    const sent = receiver.received.map(({ headers }) => msOf(headers['timestamp']));
    const start = Date.parse(FROZEN);
    expect([happened, sent]).toEqual([
      [start, start],
      [start, start + 5000],
    ]);
  });
});
