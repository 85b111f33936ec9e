import { CallWorld, JOHN, MATTER, matter, person } from './testing/call-world';
import { PhoneIndex } from '@matterline/contacts';
import { Database } from '@matterline/platform';
import type { FakeSmokeball } from './testing/fake-smokeball';

jest.setTimeout(60_000);

let world: CallWorld;

beforeAll(async () => {
  world = await CallWorld.start();
});

afterAll(async () => {
  await world.stop();
});

beforeEach(() => {
  world.forget();
});

describe('a number that the index does not know', () => {
  test('is searched for with the paired user’s token, then remembered', async () => {
    const contact = person('a0000000-0000-4000-8000-000000000001', {
      phone: { areaCode: '', number: '(415) 555-0100' },
    });
    world.smokeball.contacts = [
      { ...contact, lastUpdated: 100 },
      { ...person('a0000000-0000-4000-8000-000000000002', { phone: { number: '(212) 555-0100' } }), lastUpdated: 100 },
    ] as never;
    world.smokeball.matters = [
      matter(MATTER, { number: '2026-7', title: 'Live', clientIds: ['x'], otherSideIds: [contact.id] }),
    ];
    const { body } = await world.pbx.event(world.ring('+14155550100'));
    expect(body).toMatchObject({
      status: 'match',
      total: 1,
      contacts: [{ id: contact.id, matched_on: 'phone', matters: [{ number: '2026-7', role: 'other_side' }] }],
    });
    expect(body['pop']).toMatchObject({ text: '415-555-0100 · Other side in 2026-7 Live' });
    expect(world.smokeball.called('GET /api')).toEqual([
      expect.stringContaining('Search=phone:*5550100*'),
      expect.stringContaining('Search=phone:*555-0100*'),
      expect.stringContaining(`GET /api/matters`),
    ]);
    world.smokeball.trouble = { status: 503 };
    const again = await world.pbx.event(world.ring('4155550100'));
    expect(again.body).toMatchObject({
      status: 'match',
      contacts: [{ id: contact.id, matters: [{ number: '2026-7' }] }],
    });
  });

  test('that nobody has costs three searches at the most, and none for half a minute after', async () => {
    expect((await world.pbx.event(world.ring('4155550199'))).body['status']).toBe('no_match');
    expect(world.smokeball.called('GET /api/contacts')).toHaveLength(3);
    expect((await world.pbx.event(world.ring('4155550199'))).body['status']).toBe('no_match');
    expect(world.smokeball.called('GET /api/contacts')).toHaveLength(3);
  });

  test('rings a group of twenty and is searched for once', async () => {
    world.smokeball.trouble = { delayMs: 100 };
    const events = Array.from({ length: 20 }, (_unused, n) =>
      world.ring('4155550177', { callid: 'group-1', extension: n % 2 ? '504' : '505', to: '700' }),
    );
    const answers = await Promise.all(events.map((event) => world.pbx.event(event)));
    expect(new Set(answers.map(({ body }) => body['status']))).toEqual(new Set(['no_match']));
    expect(world.smokeball.called('GET /api/contacts')).toHaveLength(3);
  });

  const TROUBLES: readonly { name: string; trouble: FakeSmokeball['trouble']; reason: string; number: string }[] = [
    { name: 'down', trouble: { status: 503 }, reason: 'smokeball_error', number: '4155550151' },
    { name: 'throttled', trouble: { status: 429 }, reason: 'rate_limited', number: '4155550152' },
    { name: 'slow', trouble: { delayMs: 4_000 }, reason: 'timeout', number: '4155550153' },
  ];
  test.each(TROUBLES)(
    'while Smokeball is $name: unavailable $reason, within the hard stop',
    async ({ trouble, reason, number }) => {
      world.smokeball.trouble = trouble;
      const started = Date.now();
      const { status, body } = await world.pbx.event(world.ring(number));
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: 'unavailable', reason, contacts: [] });
      expect(Date.now() - started).toBeLessThan(3_500);
    },
  );
});

describe('a contact that the index knows without its matters', () => {
  const MARY = 'e0000000-0000-4000-8000-000000000001';

  test('has them read once, and then they are known', async () => {
    const { app, firmId } = world;
    const mary = person(MARY, { firstName: 'Mary', cell: { number: '6465550100' } });
    await app.get(Database).forFirm(firmId, (scope) => app.get(PhoneIndex).put(scope, 'acc-1', mary, 'US'));
    world.smokeball.matters = [matter(MATTER, { number: '2026-9', title: 'Mary', clientIds: [MARY] })];
    const matters = [{ id: MATTER, number: '2026-9', role: 'client' }];
    expect((await world.pbx.event(world.ring('6465550100'))).body).toMatchObject({
      status: 'match',
      contacts: [{ matters }],
    });
    expect(world.smokeball.called('GET /api/matters')).toHaveLength(1);
    expect((await world.pbx.event(world.ring('6465550100'))).body).toMatchObject({
      status: 'match',
      contacts: [{ matters }],
    });
    expect(world.smokeball.calls).toHaveLength(1);
  });

  test('is shown all the same while Smokeball is down', async () => {
    const { app, firmId } = world;
    const mary = person(MARY.replace('1', '2'), { firstName: 'Mary', cell: { number: '6465550111' } });
    await app.get(Database).forFirm(firmId, (scope) => app.get(PhoneIndex).put(scope, 'acc-1', mary, 'US'));
    world.smokeball.trouble = { status: 503 };
    expect((await world.pbx.event(world.ring('6465550111'))).body).toMatchObject({
      status: 'match',
      contacts: [{ name: 'Mary Smith', matters: [] }],
    });
  });
});

describe('a firm that is not connected', () => {
  test('is served by the pairing alone, and nothing is kept', async () => {
    const other = await world.newFirm('firm_2', 'two.example.com');
    await other.pbx.pair('11');
    world.smokeball.contacts = [{ ...person(JOHN, { cell: { number: '617-399-8147' } }), lastUpdated: 5 }];
    const { body } = await other.pbx.event({
      ...world.ring('6173998147'),
      domain: 'two.example.com',
      extension: '11',
      to: '11',
    });
    expect(body).toMatchObject({ status: 'match', contacts: [{ id: JOHN }] });
    expect(await world.database.query('select 1 from phone_contacts where firm_id = $1', [other.firmId])).toEqual([]);
  });
});
