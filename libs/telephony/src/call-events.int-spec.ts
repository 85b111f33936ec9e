import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Firms } from '@matterline/auth';
import { PhoneIndex } from '@matterline/contacts';
import { KnownMatters } from '@matterline/matter-mapping';
import { Database } from '@matterline/platform';
import type { Contact, Matter } from '@matterline/smokeball-client';
import { createTestDatabase, type TestDatabase } from '../../../config/testing/test-database';
import { runMigrations } from '../../../migrations/run';
import { FakeSmokeball } from './testing/fake-smokeball';
import { TestPbx } from './testing/pbx-line';
import { MovableClock, newMasterKey, startTelephonyApp } from './testing/telephony-app';
import { Pbxes } from './tenants/pbxes';

jest.setTimeout(60_000);

const ACCOUNT = 'acc-1';
const JOHN = 'b471682e-0000-4000-8000-000000000001';
const MATTER = 'd0000000-0000-4000-8000-000000000001';

let database: TestDatabase;
let smokeball: FakeSmokeball;
let app: NestFastifyApplication;
let pbx: TestPbx;
let firmId: string;
let url: string;
const clock = new MovableClock();
const masterKey = newMasterKey();
let calls = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url);
  smokeball = await FakeSmokeball.start();
  ({ app, url } = await startTelephonyApp({
    databaseUrl: database.url,
    smokeballUrl: smokeball.url,
    masterKey,
    clock,
  }));
  ({ firmId, pbx } = await newFirm('firm_1', 'law.example.com'));
  await connect(firmId);
  await pbx.send('PUT', '/extensions', [
    { extension: '504', name: 'Tom Jones', email: 'Tom@Law.example.com', aliases: ['6175550104'] },
    { extension: '505', name: 'Ann', email: '', aliases: [] },
    { extension: '506', name: 'Never', email: '', aliases: [] },
  ]);
  expect((await pbx.pair('504')).text).toContain('Paired');
  expect((await pbx.pair('505')).text).toContain('Paired');
});

afterAll(async () => {
  await app.close();
  await smokeball.stop();
  await database.drop();
});

beforeEach(() => {
  smokeball.trouble = null;
  smokeball.contacts = [];
  smokeball.matters = [];
  smokeball.forget();
});

async function newFirm(caseHugFirmId: string, domain: string) {
  const firm = await app
    .get(Firms)
    .create({ name: 'Law', caseHugFirmId, region: 'us', environment: 'production', timezone: 'America/New_York' });
  const made = await app.get(Pbxes).create(firm.firmId, { domain, country: 'US', areaCode: '617' });
  return { firmId: firm.firmId, pbx: new TestPbx(url, made.tenantId, made.tenantKey ?? '') };
}

async function connect(firm: string, accountId = ACCOUNT): Promise<void> {
  await database.query(
    `insert into connections (firm_id, state, account_id, updated_at, hook_id, hook_state) values ($1, 'connected', $2, now(), $3, 'active')`,
    [firm, accountId, `hook_${firm}`],
  );
}

const person = (id: string, fields: Record<string, unknown>, lastUpdated = 100n): Contact =>
  ({
    id,
    isDeleted: false,
    lastUpdated,
    tags: [],
    person: { firstName: 'John', lastName: 'Smith', ...fields },
  }) as Contact;

const matter = (id: string, fields: Record<string, unknown> = {}): Matter =>
  ({
    id,
    number: '2026-0042',
    title: 'Smith - Lease',
    status: 'Open',
    versionId: '100',
    clientIds: [],
    otherSideIds: [],
    ...fields,
  }) as Matter;

async function index(contact: Contact, ...matters: Matter[]): Promise<void> {
  await app.get(Database).forFirm(firmId, async (scope) => {
    await app.get(PhoneIndex).put(scope, ACCOUNT, contact, 'US');
    for (const one of matters) await app.get(KnownMatters).put(scope, ACCOUNT, one);
    await app.get(PhoneIndex).markMattersRead(scope, ACCOUNT, [contact.id]);
  });
}

const ring = (from: string, more: Record<string, unknown> = {}) => {
  calls += 1;
  return {
    domain: 'law.example.com',
    callid: `call-${calls}@pbx`,
    state: 'ringing',
    from,
    to: '"Tom Jones" <sip:504@law.example.com>',
    extension: '504',
    ...more,
  };
};

describe('a call event', () => {
  test('shows name, matters and deep link of a caller that the index knows, without asking Smokeball', async () => {
    await index(person(JOHN, { cell: { number: '(617) 399-8147' } }), matter(MATTER, { clientIds: [JOHN] }));
    const { status, body } = await pbx.event(ring('"6173998147" <sip:6173998147@law.example.com>'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'match',
      reason: '',
      state: 'ringing',
      direction: 'inbound',
      number: { raw: '6173998147', e164: '+16173998147', display: '617-399-8147' },
      total: 1,
      contacts: [
        {
          id: JOHN,
          name: 'John Smith',
          first_name: 'John',
          last_name: 'Smith',
          company: '',
          type: 'person',
          matched_on: 'cell',
          url: `https://app.smokeball.example/#/billing/view-contact/${JOHN}/details`,
          matters: [
            {
              id: MATTER,
              number: '2026-0042',
              title: 'Smith - Lease',
              status: 'Open',
              role: 'client',
              url: `https://app.smokeball.example/#/billing/view-matter/${MATTER}`,
            },
          ],
        },
      ],
      pop: {
        show: true,
        title: 'Incoming call: John Smith',
        text: '617-399-8147 · 2026-0042 Smith - Lease',
        key: `call-${calls}@pbx/504`,
      },
      event_id: expect.stringMatching(/^evt_/),
      cached: false,
    });
    expect(smokeball.called('GET /api')).toEqual([]);
  });

  const DECISIONS: readonly { name: string; event: Record<string, unknown>; status: string; reason: string }[] = [
    { name: 'another extension', event: { from: '505' }, status: 'ignored', reason: 'internal' },
    {
      name: 'an alias of an extension',
      event: { from: '6175550104', extension: '505' },
      status: 'ignored',
      reason: 'internal',
    },
    { name: 'a star code', event: { from: '504', to: '*97' }, status: 'ignored', reason: 'star_code' },
    { name: 'a hash code', event: { from: '504', to: '#21' }, status: 'ignored', reason: 'star_code' },
    {
      name: 'an anonymous caller',
      event: { from: '"Anonymous" <sip:anonymous@anonymous.invalid>' },
      status: 'ignored',
      reason: 'anonymous',
    },
    { name: 'no caller at all', event: { from: '' }, status: 'ignored', reason: 'anonymous' },
    { name: 'an emergency', event: { from: '504', to: '911' }, status: 'ignored', reason: 'emergency' },
    { name: 'an unknown state', event: { from: '6173998147', state: 'parked' }, status: 'ignored', reason: 'state' },
    { name: 'two digits', event: { from: '12' }, status: 'ignored', reason: 'too_short' },
    {
      name: 'a star code on an unpaired extension',
      event: { from: '506', to: '*97', extension: '506' },
      status: 'ignored',
      reason: 'star_code',
    },
    {
      name: 'an unpaired extension',
      event: { from: '6173998147', extension: '506' },
      status: 'not_paired',
      reason: 'never',
    },
    {
      name: 'an extension nobody listed',
      event: { from: '6173998147', extension: '999' },
      status: 'not_paired',
      reason: 'never',
    },
  ];
  test.each(DECISIONS)('of $name: $status $reason', async ({ event, status, reason }) => {
    const { status: code, body } = await pbx.event(ring('x', event));
    expect(code).toBe(200);
    expect(body).toMatchObject({ status, reason, contacts: [], total: 0, pop: { show: false } });
  });

  test('is read from a form with hyphen names and webhook words', async () => {
    await index(person(JOHN, { cell: { number: '6173998147' } }));
    const form = new URLSearchParams({
      'from-number': '+1 617 399 8147',
      'to-number': '504',
      extension: '504',
      state: 'newcall',
      call_id: 'form-1',
    });
    const { status, body } = await pbx.send('POST', '/call-events', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'match', callid: 'form-1', state: 'ringing', direction: 'inbound' });
  });

  test('of an outgoing call looks the dialled number up', async () => {
    await index(person(JOHN, { cell: { number: '6173998147' } }));
    const { body } = await pbx.event(ring('sip:504@law.example.com', { to: '16173998147' }));
    expect(body).toMatchObject({ status: 'match', direction: 'outbound', pop: { title: 'Outgoing call: John Smith' } });
  });

  test('with I on an extension’s leg is still outgoing; on the trunk’s leg I is incoming', async () => {
    const onLeg = await pbx.event(ring('504', { to: '6173998147', direction: 'I' }));
    expect(onLeg.body['direction']).toBe('outbound');
    const onTrunk = await pbx.event(ring('6173998147', { to: '700', direction: 'I', leg: 'trunk' }));
    expect(onTrunk.body['direction']).toBe('inbound');
  });

  test('repeated within ten minutes gets the same answer, afterwards a new one', async () => {
    await index(person(JOHN, { cell: { number: '6173998147' } }));
    const event = ring('6173998147');
    const first = await pbx.event(event);
    await index(person(JOHN, { firstName: 'Jane', cell: { number: '6173998147' } }, 200n));
    const second = await pbx.event(event);
    expect(second.body).toEqual({ ...first.body, cached: true });
    const rows = await database.query('select 1 from pops where event_id = $1', [first.body['event_id']]);
    expect(rows).toHaveLength(1);
    clock.aheadMs += 11 * 60_000;
    const third = await pbx.event(event);
    expect(third.body['contacts']).toMatchObject([{ name: 'Jane Smith' }]);
    await index(person(JOHN, { cell: { number: '6173998147' } }, 300n));
  });

  test('connected and terminated answer from the ringing one and never search', async () => {
    smokeball.contacts = [person(JOHN, { cell: { number: '2125550123' } }) as never];
    const event = ring('2125550123');
    expect((await pbx.event(event)).body['status']).toBe('match');
    smokeball.forget();
    const connected = await pbx.event({ ...event, state: 'connected' });
    expect(connected.body).toMatchObject({ status: 'match', state: 'connected', pop: { show: false } });
    const ended = await pbx.event({ ...event, state: 'hangup' });
    expect(ended.body).toMatchObject({ status: 'match', state: 'terminated', contacts: [{ id: JOHN }] });
    const stranger = await pbx.event(ring('2125550199', { state: 'terminated' }));
    expect(stranger.body).toMatchObject({ status: 'no_match' });
    expect(smokeball.calls).toEqual([]);
  });

  test('that comes after the call has ended shows no pop', async () => {
    await index(person(JOHN, { cell: { number: '6173998147' } }, 400n));
    const event = ring('6173998147');
    await pbx.event({ ...event, state: 'terminated' });
    expect((await pbx.event(event)).body).toMatchObject({ status: 'match', pop: { show: false } });
  });

  test('ranks several contacts, shows as many as allowed and says how many there are', async () => {
    const ids = [1, 2, 3, 4].map((n) => `c0000000-0000-4000-8000-00000000000${n}`);
    await index(person(ids[0] ?? '', { lastName: 'Phone', phone: { number: '6172220000' } }, 500n));
    await index(person(ids[1] ?? '', { lastName: 'Old', cell: { number: '6172220000' } }, 100n));
    await index(person(ids[2] ?? '', { lastName: 'New', cell: { areaCode: '617', number: '222-0000' } }, 200n));
    await index({
      id: ids[3] ?? '',
      isDeleted: false,
      lastUpdated: 900n,
      tags: [],
      company: { name: 'Acme', phone: { number: '2220000' } },
    } as unknown as Contact);
    const { body } = await pbx.event(ring('6172220000'));
    expect(body['total']).toBe(4);
    expect((body['contacts'] as { name: string }[]).map(({ name }) => name)).toEqual([
      'John New',
      'John Old',
      'John Phone',
    ]);
    expect(body['pop']).toMatchObject({ title: 'Incoming call: John New (+3 more)' });
  });

  test('never matches the same last digits of another area', async () => {
    await index(person(JOHN, { cell: { number: '6173998147' } }, 600n));
    const { body } = await pbx.event(ring('2123998147'));
    expect(body).toMatchObject({ status: 'no_match', total: 0 });
  });
});

describe('a number that the index does not know', () => {
  test('is searched for with the paired user’s token, then remembered', async () => {
    const contact = person('a0000000-0000-4000-8000-000000000001', {
      phone: { areaCode: '', number: '(415) 555-0100' },
    });
    smokeball.contacts = [
      { ...contact, lastUpdated: 100 },
      { ...person('a0000000-0000-4000-8000-000000000002', { phone: { number: '(212) 555-0100' } }), lastUpdated: 100 },
    ] as never;
    smokeball.matters = [
      matter(MATTER, { number: '2026-7', title: 'Live', clientIds: ['x'], otherSideIds: [contact.id] }) as never,
    ];
    const { body } = await pbx.event(ring('+14155550100'));
    expect(body).toMatchObject({
      status: 'match',
      total: 1,
      contacts: [{ id: contact.id, matched_on: 'phone', matters: [{ number: '2026-7', role: 'other_side' }] }],
    });
    expect(body['pop']).toMatchObject({ text: '415-555-0100 · Other side in 2026-7 Live' });
    expect(smokeball.called('GET /api')).toEqual([
      expect.stringContaining('Search=phone:*5550100*'),
      expect.stringContaining('Search=phone:*555-0100*'),
      expect.stringContaining(`GET /api/matters`),
    ]);
    smokeball.trouble = { status: 503 };
    const again = await pbx.event(ring('4155550100'));
    expect(again.body).toMatchObject({
      status: 'match',
      contacts: [{ id: contact.id, matters: [{ number: '2026-7' }] }],
    });
  });

  test('that nobody has costs three searches at the most, and none for half a minute after', async () => {
    expect((await pbx.event(ring('4155550199'))).body['status']).toBe('no_match');
    expect(smokeball.called('GET /api/contacts')).toHaveLength(3);
    expect((await pbx.event(ring('4155550199'))).body['status']).toBe('no_match');
    expect(smokeball.called('GET /api/contacts')).toHaveLength(3);
  });

  test('rings a group of twenty and is searched for once', async () => {
    smokeball.trouble = { delayMs: 100 };
    const events = Array.from({ length: 20 }, (_unused, n) =>
      ring('4155550177', { callid: 'group-1', extension: n % 2 ? '504' : '505', to: '700' }),
    );
    const answers = await Promise.all(events.map((event) => pbx.event(event)));
    expect(new Set(answers.map(({ body }) => body['status']))).toEqual(new Set(['no_match']));
    expect(smokeball.called('GET /api/contacts')).toHaveLength(3);
  });

  const TROUBLES: readonly { name: string; trouble: FakeSmokeball['trouble']; reason: string; number: string }[] = [
    { name: 'down', trouble: { status: 503 }, reason: 'smokeball_error', number: '4155550151' },
    { name: 'throttled', trouble: { status: 429 }, reason: 'rate_limited', number: '4155550152' },
    { name: 'slow', trouble: { delayMs: 4_000 }, reason: 'timeout', number: '4155550153' },
  ];
  test.each(TROUBLES)(
    'while Smokeball is $name: unavailable $reason, within the hard stop',
    async ({ trouble, reason, number }) => {
      smokeball.trouble = trouble;
      const started = Date.now();
      const { status, body } = await pbx.event(ring(number));
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: 'unavailable', reason, contacts: [] });
      expect(Date.now() - started).toBeLessThan(3_500);
    },
  );
});

describe('a firm that is not connected', () => {
  test('is served by the pairing alone, and nothing is kept', async () => {
    const other = await newFirm('firm_2', 'two.example.com');
    await other.pbx.pair('11');
    smokeball.contacts = [{ ...person(JOHN, { cell: { number: '617-399-8147' } }), lastUpdated: 5 } as never];
    const { body } = await other.pbx.event({
      ...ring('6173998147'),
      domain: 'two.example.com',
      extension: '11',
      to: '11',
    });
    expect(body).toMatchObject({ status: 'match', contacts: [{ id: JOHN }] });
    expect(await database.query('select 1 from phone_contacts where firm_id = $1', [other.firmId])).toEqual([]);
  });
});

describe('what is wrong with a request', () => {
  const good = () => ring('6173998147');
  test.each([
    ['no state', { state: undefined }, 'state'],
    ['no extension', { extension: undefined }, 'extension'],
    ['no ends', { from: undefined, to: undefined }, 'from'],
    ['a number as object', { from: { number: 1 } }, 'from'],
    ['an endless call id', { callid: 'x'.repeat(600) }, 'callid'],
  ])('%s: 400 naming the field', async (_name, change, field) => {
    const { status, body } = await pbx.event({ ...good(), ...change });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'bad_request', message: expect.stringContaining(field) } });
  });

  test.each([
    ['broken JSON', '{"state":', 'application/json', 400, 'bad_request'],
    ['an array', '[]', 'application/json', 400, 'bad_request'],
    ['another type', '<event/>', 'application/xml', 415, 'unsupported_media_type'],
    ['more than 16 KB', JSON.stringify({ x: 'y'.repeat(17_000) }), 'application/json', 413, 'payload_too_large'],
  ])('%s', async (_name, body, type, status, code) => {
    const answer = await pbx.send('POST', '/call-events', body, { 'content-type': type });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: { code } });
  });

  test('a wrong key, no key, another tenant, another domain', async () => {
    const wrong = await pbx.send('POST', '/call-events', good(), { authorization: 'Bearer nonsense' });
    expect([wrong.status, wrong.body['error']]).toEqual([401, expect.objectContaining({ code: 'bad_key' })]);
    const none = await pbx.send('POST', '/call-events', good(), { authorization: '' });
    expect(none.status).toBe(401);
    const unknown = await new TestPbx(url, 'pbx_none', pbx.tenantKey).event(good());
    expect([unknown.status, unknown.body['error']]).toEqual([404, expect.objectContaining({ code: 'unknown_tenant' })]);
    const domain = await pbx.event({ ...good(), domain: 'other.example.com' });
    expect([domain.status, domain.body['error']]).toEqual([403, expect.objectContaining({ code: 'domain_mismatch' })]);
  });

  test('Basic works as well as Bearer', async () => {
    const basic = `Basic ${Buffer.from(`${pbx.tenantId}:${pbx.tenantKey}`).toString('base64')}`;
    expect((await pbx.send('POST', '/call-events', good(), { authorization: basic })).status).toBe(200);
  });
});
