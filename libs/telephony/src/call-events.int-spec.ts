import { CallWorld, JOHN, MATTER, matter, person } from './testing/call-world';
import type { Contact } from '@matterline/smokeball-client';
import { TestPbx } from './testing/pbx-line';

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

describe('a call event', () => {
  test('shows name, matters and deep link of a caller that the index knows, without asking Smokeball', async () => {
    await world.index(person(JOHN, { cell: { number: '(617) 399-8147' } }), matter(MATTER, { clientIds: [JOHN] }));
    const { status, body } = await world.pbx.event(world.ring('"6173998147" <sip:6173998147@law.example.com>'));
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
        key: expect.stringMatching(/^call-\d+@pbx\/504$/),
      },
      event_id: expect.stringMatching(/^evt_/),
      cached: false,
    });
    expect(world.smokeball.called('GET /api')).toEqual([]);
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
    const { status: code, body } = await world.pbx.event(world.ring('x', event));
    expect(code).toBe(200);
    expect(body).toMatchObject({ status, reason, contacts: [], total: 0, pop: { show: false } });
  });

  test('is read from a form with hyphen names and webhook words', async () => {
    await world.index(person(JOHN, { cell: { number: '6173998147' } }));
    const form = new URLSearchParams({
      'from-number': '+1 617 399 8147',
      'to-number': '504',
      extension: '504',
      state: 'newcall',
      call_id: 'form-1',
    });
    const { status, body } = await world.pbx.send('POST', '/call-events', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'match', callid: 'form-1', state: 'ringing', direction: 'inbound' });
  });

  test('of an outgoing call looks the dialled number up', async () => {
    await world.index(person(JOHN, { cell: { number: '6173998147' } }));
    const { body } = await world.pbx.event(world.ring('sip:504@law.example.com', { to: '16173998147' }));
    expect(body).toMatchObject({ status: 'match', direction: 'outbound', pop: { title: 'Outgoing call: John Smith' } });
  });

  test('with I on an extension’s leg is still outgoing; on the trunk’s leg I is incoming', async () => {
    const onLeg = await world.pbx.event(world.ring('504', { to: '6173998147', direction: 'I' }));
    expect(onLeg.body['direction']).toBe('outbound');
    const onTrunk = await world.pbx.event(world.ring('6173998147', { to: '700', direction: 'I', leg: 'trunk' }));
    expect(onTrunk.body['direction']).toBe('inbound');
  });

  test('repeated within ten minutes gets the same answer, afterwards a new one', async () => {
    await world.index(person(JOHN, { cell: { number: '6173998147' } }));
    const event = world.ring('6173998147');
    const first = await world.pbx.event(event);
    await world.index(person(JOHN, { firstName: 'Jane', cell: { number: '6173998147' } }, 200n));
    const second = await world.pbx.event(event);
    expect(second.body).toEqual({ ...first.body, cached: true });
    const rows = await world.database.query('select 1 from pops where event_id = $1', [first.body['event_id']]);
    expect(rows).toHaveLength(1);
    world.clock.aheadMs += 11 * 60_000;
    const third = await world.pbx.event(event);
    expect(third.body['contacts']).toMatchObject([{ name: 'Jane Smith' }]);
    await world.index(person(JOHN, { cell: { number: '6173998147' } }, 300n));
  });

  test('connected and terminated answer from the ringing one and never search', async () => {
    world.smokeball.contacts = [person(JOHN, { cell: { number: '2125550123' } })];
    const event = world.ring('2125550123');
    expect((await world.pbx.event(event)).body['status']).toBe('match');
    world.smokeball.forget();
    const connected = await world.pbx.event({ ...event, state: 'connected' });
    expect(connected.body).toMatchObject({ status: 'match', state: 'connected', pop: { show: false } });
    const ended = await world.pbx.event({ ...event, state: 'hangup' });
    expect(ended.body).toMatchObject({ status: 'match', state: 'terminated', contacts: [{ id: JOHN }] });
    const stranger = await world.pbx.event(world.ring('2125550199', { state: 'terminated' }));
    expect(stranger.body).toMatchObject({ status: 'no_match' });
    expect(world.smokeball.calls).toEqual([]);
  });

  test('that comes after the call has ended shows no pop', async () => {
    await world.index(person(JOHN, { cell: { number: '6173998147' } }, 400n));
    const event = world.ring('6173998147');
    await world.pbx.event({ ...event, state: 'terminated' });
    expect((await world.pbx.event(event)).body).toMatchObject({ status: 'match', pop: { show: false } });
  });

  test('ranks several contacts, shows as many as allowed and says how many there are', async () => {
    const ids = [1, 2, 3, 4].map((n) => `c0000000-0000-4000-8000-00000000000${n}`);
    await world.index(person(ids[0] ?? '', { lastName: 'Phone', phone: { number: '6172220000' } }, 500n));
    await world.index(person(ids[1] ?? '', { lastName: 'Old', cell: { number: '6172220000' } }, 100n));
    await world.index(person(ids[2] ?? '', { lastName: 'New', cell: { areaCode: '617', number: '222-0000' } }, 200n));
    await world.index({
      id: ids[3] ?? '',
      isDeleted: false,
      lastUpdated: 900n,
      tags: [],
      company: { name: 'Acme', phone: { number: '2220000' } },
    } as unknown as Contact);
    const { body } = await world.pbx.event(world.ring('6172220000'));
    expect(body['total']).toBe(4);
    expect((body['contacts'] as { name: string }[]).map(({ name }) => name)).toEqual([
      'John New',
      'John Old',
      'John Phone',
    ]);
    expect(body['pop']).toMatchObject({ title: 'Incoming call: John New (+3 more)' });
  });

  test('never matches the same last digits of another area', async () => {
    await world.index(person(JOHN, { cell: { number: '6173998147' } }, 600n));
    const { body } = await world.pbx.event(world.ring('2123998147'));
    expect(body).toMatchObject({ status: 'no_match', total: 0 });
  });
});

describe('what is wrong with a request', () => {
  const good = () => world.ring('6173998147');
  test.each([
    ['no state', { state: undefined }, 'state'],
    ['no extension', { extension: undefined }, 'extension'],
    ['no ends', { from: undefined, to: undefined }, 'from'],
    ['a number as object', { from: { number: 1 } }, 'from'],
    ['an endless call id', { callid: 'x'.repeat(600) }, 'callid'],
  ])('%s: 400 naming the field', async (_name, change, field) => {
    const { status, body } = await world.pbx.event({ ...good(), ...change });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'bad_request', message: expect.stringContaining(field) } });
  });

  test.each([
    ['broken JSON', '{"state":', 'application/json', 400, 'bad_request'],
    ['an array', '[]', 'application/json', 400, 'bad_request'],
    ['another type', '<event/>', 'application/xml', 415, 'unsupported_media_type'],
    ['more than 16 KB', JSON.stringify({ x: 'y'.repeat(17_000) }), 'application/json', 413, 'payload_too_large'],
  ])('%s', async (_name, body, type, status, code) => {
    const answer = await world.pbx.send('POST', '/call-events', body, { 'content-type': type });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: { code } });
  });

  test('a wrong key, no key, another tenant, another domain', async () => {
    const wrong = await world.pbx.send('POST', '/call-events', good(), { authorization: 'Bearer nonsense' });
    expect([wrong.status, wrong.body['error']]).toEqual([401, expect.objectContaining({ code: 'bad_key' })]);
    const none = await world.pbx.send('POST', '/call-events', good(), { authorization: '' });
    expect(none.status).toBe(401);
    const unknown = await new TestPbx(world.url, 'pbx_none', world.pbx.tenantKey).event(good());
    expect([unknown.status, unknown.body['error']]).toEqual([404, expect.objectContaining({ code: 'unknown_tenant' })]);
    const domain = await world.pbx.event({ ...good(), domain: 'other.example.com' });
    expect([domain.status, domain.body['error']]).toEqual([403, expect.objectContaining({ code: 'domain_mismatch' })]);
  });

  test('Basic works as well as Bearer', async () => {
    const basic = `Basic ${Buffer.from(`${world.pbx.tenantId}:${world.pbx.tenantKey}`).toString('base64')}`;
    expect((await world.pbx.send('POST', '/call-events', good(), { authorization: basic })).status).toBe(200);
  });
});
