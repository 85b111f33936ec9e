import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Firms } from '@matterline/auth';
import { PhoneIndex } from '@matterline/contacts';
import { Database } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import { createTestDatabase, type TestDatabase } from '../../../config/testing/test-database';
import { runMigrations } from '../../../migrations/run';
import { FakeSmokeball } from './testing/fake-smokeball';
import { fuzzedEvents } from './testing/fuzzed-events';
import { read, TestPbx } from './testing/pbx-line';
import { MovableClock, newMasterKey, startTelephonyApp } from './testing/telephony-app';
import { Pbxes } from './tenants/pbxes';

jest.setTimeout(60_000);

const JOHN = 'b471682e-0000-4000-8000-000000000001';
const john = {
  id: JOHN,
  isDeleted: false,
  lastUpdated: 1n,
  tags: [],
  person: { firstName: '<b>John</b>', lastName: 'Smith', cell: { number: '617-399-8147' } },
} as unknown as Contact;

let database: TestDatabase;
let smokeball: FakeSmokeball;
let first: { app: NestFastifyApplication; url: string };
let second: { app: NestFastifyApplication; url: string };
let pbx: TestPbx;
let elsewhere: TestPbx;
const clock = new MovableClock();

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url);
  smokeball = await FakeSmokeball.start();
  const settings = { databaseUrl: database.url, smokeballUrl: smokeball.url, masterKey: newMasterKey(), clock };
  first = await startTelephonyApp(settings);
  second = await startTelephonyApp(settings);
  const firm = {
    name: 'Law',
    caseHugFirmId: 'firm_1',
    region: 'us',
    environment: 'production',
    timezone: 'UTC',
  } as const;
  const { firmId } = await first.app.get(Firms).create(firm);
  const made = await first.app.get(Pbxes).create(firmId, { domain: 'law.example.com', country: 'US', areaCode: '617' });
  pbx = new TestPbx(first.url, made.tenantId, made.tenantKey ?? '');
  elsewhere = new TestPbx(second.url, made.tenantId, made.tenantKey ?? '');
  await database.query(
    `insert into connections (firm_id, state, account_id, updated_at, hook_id, hook_state) values ($1, 'connected', 'acc-1', now(), 'h', 'active')`,
    [firmId],
  );
  await pbx.pair('504');
  await first.app.get(Database).forFirm(firmId, async (scope) => {
    await first.app.get(PhoneIndex).put(scope, 'acc-1', john, 'US');
    await first.app.get(PhoneIndex).markMattersRead(scope, 'acc-1', null);
  });
});

afterAll(async () => {
  await first.app.close();
  await second.app.close();
  await smokeball.stop();
  await database.drop();
});

const ring = (callid: string, more: Record<string, unknown> = {}) => ({
  callid,
  state: 'ringing',
  from: '6173998147',
  to: '504',
  extension: '504',
  ...more,
});

describe('configuration', () => {
  test('is changed in part and answered whole', async () => {
    const { status, body } = await pbx.send('PUT', '/config', {
      domains: ['law.example.com', 'PBX2.example.com'],
      region: 'us',
      staging: false,
      country_code: '1',
      pop_on: ['ringing', 'connected'],
      max_contacts: 2,
      something: 'unknown',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      domains: ['law.example.com', 'pbx2.example.com'],
      region: 'us',
      staging: false,
      country_code: '1',
      area_code: '617',
      scope: { group: 'all' },
      pop_on: ['ringing', 'connected'],
      max_contacts: 2,
    });
    expect((await pbx.event(ring('c-1', { domain: 'pbx2.example.com' }))).status).toBe(200);
    expect((await pbx.event(ring('c-1', { state: 'connected' }))).body).toMatchObject({ pop: { show: true } });
    await pbx.send('PUT', '/config', { pop_on: ['ringing'] });
  });

  test.each([
    ['another region', { region: 'au' }, 422, 'region_mismatch'],
    ['staging', { staging: true }, 422, 'region_mismatch'],
    ['a link to somewhere else', { link_template: 'https://evil.example.com/{id}' }, 400, 'bad_request'],
    ['a pattern that is none', { extension_pattern: '(a+)+$' }, 400, 'bad_request'],
    ['a wrong type', { max_contacts: 'many' }, 400, 'bad_request'],
    ['a list', [], 400, 'bad_request'],
  ])('%s is refused', async (_name, change, status, code) => {
    const answer = await pbx.send('PUT', '/config', change);
    expect([answer.status, answer.body['error']]).toEqual([status, expect.objectContaining({ code })]);
  });

  test('limits who is served to a group, and knows extensions by their pattern', async () => {
    await pbx.send('PUT', '/config', { scope: { group: '7', extensions: ['505'] }, extension_pattern: '5xx' });
    expect((await pbx.event(ring('scope-1'))).body).toMatchObject({ status: 'ignored', reason: 'out_of_scope' });
    await pbx.send('PUT', '/config', { scope: { group: 'all' } });
    expect((await pbx.event(ring('scope-2', { from: '599' }))).body).toMatchObject({
      status: 'ignored',
      reason: 'internal',
    });
  });
});

test('extensions are replaced by a bare array, and counted', async () => {
  const put = async (list: unknown) => await pbx.send('PUT', '/extensions', list);
  const ext = (extension: unknown) => ({ extension, name: 'N', email: null, aliases: [] });
  expect((await put([ext('504'), ext(505)])).body).toEqual({ total: 2, added: 2, updated: 0, removed: 0 });
  expect((await put([ext('504'), ext('506')])).body).toEqual({ total: 2, added: 1, updated: 1, removed: 1 });
  expect((await put({ extensions: [] })).status).toBe(400);
  const twice = await put([ext('504'), ext('504')]);
  expect([twice.status, twice.body['error']]).toEqual([
    400,
    expect.objectContaining({ message: expect.stringContaining('[1].extension') }),
  ]);
});

describe('lookup', () => {
  test('answers as a call event does, and keeps nothing', async () => {
    const before = await database.query('select 1 from call_answers');
    const { status, body } = await pbx.send('GET', '/lookup?number=%2B16173998147&extension=504');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'match', contacts: [{ id: JOHN }] });
    expect(await database.query('select 1 from call_answers')).toHaveLength(before.length);
  });

  test.each([
    ['a match', 'number=6173998147&extension=504', undefined, 200, '<b>John</b> Smith'],
    ['nobody', 'number=2125550100&extension=504', undefined, 200, ''],
    ['a wrong key', 'number=6173998147&extension=504', 'Bearer x', 401, ''],
    ['no number', 'extension=504', undefined, 400, ''],
  ])('as text: %s', async (_name, query, authorization, status, text) => {
    const answer = await pbx.send(
      'GET',
      `/lookup?${query}&format=text`,
      undefined,
      authorization ? { authorization } : {},
    );
    expect([answer.status, answer.text]).toEqual([status, text]);
    expect(answer.headers.get('content-type')).toContain('text/plain');
  });
});

describe('a webhook', () => {
  test('takes the moment from its path and the extension from its query, signed in by Basic', async () => {
    const authorization = `Basic ${Buffer.from(`${pbx.tenantId}:${pbx.tenantKey}`).toString('base64')}`;
    const body = { from: '"John" <sip:6173998147@law.example.com>', display: 'John', to: '{to}', call_id: 'hook-1' };
    const answer = await pbx.send('POST', '/webhook/newcall?extension=504', body, { authorization });
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ status: 'match', callid: 'hook-1', state: 'ringing' }),
    ]);
    expect((await pbx.send('POST', '/webhook/call?extension=504', body, { authorization })).body).toMatchObject({
      state: 'terminated',
      status: 'match',
    });
    expect((await pbx.send('POST', '/webhook/mailbox', body)).status).toBe(404);
  });

  test('without an extension finds the end that the PBX lists', async () => {
    const answer = await pbx.send('POST', '/webhook/newcall', {
      from: '6173998147',
      to: 'sip:504@law.example.com',
      call_id: 'hook-2',
    });
    expect(answer.body).toMatchObject({ status: 'match' });
    const none = await pbx.send('POST', '/webhook/newcall', { from: '6173998147', to: '700', call_id: 'hook-3' });
    expect([none.status, none.body['error']]).toEqual([400, expect.objectContaining({ code: 'bad_request' })]);
  });
});

test('call records are taken at once, kept sealed, and each only once', async () => {
  const web = {
    version: '69',
    domain: 'law.example.com',
    callid: 'cdr-1',
    from: '"Secret Name" <sip:6173998147@t>',
    start: 1.5,
  };
  const leg = (id: string) => ({ action: 'call-data-record', PrimaryCallID: 'cdr-2', CallID: id, Direction: 'I' });
  for (const body of [web, web, leg('a'), leg('b'), leg('a')]) {
    const answer = await pbx.send('POST', '/cdr', body);
    expect([answer.status, answer.body]).toEqual([202, { status: 'accepted' }]);
  }
  const rows = await database.query<{ form: string; body: string; call_key: string }>(
    `select form, encode(body_enc, 'escape') as body, call_key from call_records order by form, id`,
  );
  expect(rows.map(({ form }) => form)).toEqual(['jsons', 'jsons', 'webcdr']);
  expect(rows[0]?.call_key).toBe(rows[1]?.call_key);
  expect(JSON.stringify(rows)).not.toContain('Secret Name');
  expect((await pbx.send('POST', '/cdr', { ...web, domain: 'other.example.com' })).status).toBe(403);
  expect((await pbx.send('POST', '/cdr', '{', { 'content-type': 'application/json' })).status).toBe(400);
});

describe('the agent’s page', () => {
  interface Seen {
    readonly id: string;
    readonly data: Record<string, unknown>;
  }

  /** Reads pops from a stream until there are so many. */
  async function pops(
    line: TestPbx,
    count: number,
    lastEventId?: string,
    act?: () => Promise<unknown>,
  ): Promise<Seen[]> {
    const token = String((await line.send('POST', '/pairings/504/user-token')).body['token']);
    const stop = new AbortController();
    const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await fetch(line.at(`/agents/504/events?t=${token}`), { headers, signal: stop.signal });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await act?.();
    const seen: Seen[] = [];
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk as Uint8Array);
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, id] = /^id: (\d+)$/m.exec(block) ?? [];
        const [, data] = /^data: (.*)$/m.exec(block) ?? [];
        if (id && data) seen.push({ id, data: JSON.parse(data) as Record<string, unknown> });
      }
      if (seen.length >= count) break;
    }
    stop.abort();
    return seen;
  }

  test('gets the pops of events at another process, and catches up on what it missed', async () => {
    const live = await pops(elsewhere, 2, undefined, async () => {
      await pbx.event(ring('sse-1'));
      await pbx.event(ring('sse-1'));
      await pbx.send('POST', '/webhook/newcall?extension=504', { from: '6173998147', to: '504', call_id: 'sse-2' });
    });
    expect(live.map(({ data }) => data['callid'])).toEqual(['sse-1', 'sse-2']);
    expect(live[0]?.data).toMatchObject({ status: 'match', pop: { show: true, key: 'sse-1/504' } });
    const missed = await pops(pbx, 1, live[0]?.id);
    expect(missed.map(({ data }) => data['callid'])).toEqual(['sse-2']);
  });

  test('is closed to other extensions and to strangers', async () => {
    const token = String((await pbx.send('POST', '/pairings/504/user-token')).body['token']);
    expect((await fetch(pbx.at(`/agents/506/events?t=${token}`))).status).toBe(403);
    expect((await fetch(pbx.at('/agents/504/events?t=nonsense'))).status).toBe(401);
    expect((await fetch(pbx.at('/agents/504/events'))).status).toBe(401);
  });
});

test('the same event at two processes at once has one answer', async () => {
  const answers = await Promise.all([
    pbx.event(ring('both-1')),
    elsewhere.event(ring('both-1')),
    pbx.event(ring('both-1')),
  ]);
  expect(new Set(answers.map(({ body }) => body['event_id'])).size).toBe(1);
  expect(await database.query('select 1 from pops where event_id = $1', [answers[0]?.body['event_id']])).toHaveLength(
    1,
  );
});

test('health needs no key', async () => {
  expect((await read(fetch(`${first.url}/api/v1/health`))).status).toBe(200);
});

test('500 fuzzed events: decided or refused, never a fault of ours, never a foreign body', async () => {
  const statuses = new Set(['match', 'no_match', 'ignored', 'not_paired', 'unavailable']);
  for (const [at, { body, type }] of fuzzedEvents(500, 7).entries()) {
    const answer = await pbx.send('POST', '/call-events', body, { 'content-type': type });
    const told = `${at}: ${answer.status} ${body.slice(0, 200)}`;
    expect([told, answer.status < 500]).toEqual([told, true]);
    expect(answer.headers.get('content-type')).toContain('application/json');
    if (answer.status === 200) expect([told, statuses.has(String(answer.body['status']))]).toEqual([told, true]);
  }
});
