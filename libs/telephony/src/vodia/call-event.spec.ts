import { readCallEvent } from './call-event';
import { readCallRecord } from './call-record';
import { readCallState } from './call-state';

const STATES: readonly (readonly [string, string | null])[] = [
  ['ringing', 'ringing'],
  ['alerting', 'ringing'],
  ['newcall', 'ringing'],
  ['calling', 'ringing'],
  [' Ringing ', 'ringing'],
  ['connected', 'connected'],
  ['connect', 'connected'],
  ['answered', 'connected'],
  ['terminated', 'terminated'],
  ['call', 'terminated'],
  ['disconnected', 'terminated'],
  ['ended', 'terminated'],
  ['hangup', 'terminated'],
  ['held', null],
  ['', null],
  ['constructor', null],
  ['__proto__', null],
];
test.each(STATES)('state %j is %j', (text, state) => {
  expect(readCallState(text)).toBe(state);
});

const SPELLINGS: readonly { name: string; body: Record<string, unknown>; is: Record<string, string> }[] = [
  {
    name: 'hyphens',
    body: { 'from-number': '617', 'to-number': '504', 'call-id': 'a' },
    is: { from: '617', to: '504', callId: 'a' },
  },
  { name: 'underscores', body: { call_id: 'a', from_number: '617' }, is: { callId: 'a', from: '617' } },
  { name: 'capitals', body: { Extension: '504', STATE: 'ringing' }, is: { extension: '504', state: 'ringing' } },
  { name: 'numbers', body: { extension: 504, from: 6173998147 }, is: { extension: '504', from: '6173998147' } },
  { name: 'the plain name wins', body: { from: '1', 'from-number': '2' }, is: { from: '1' } },
  { name: 'an empty plain name does not', body: { from: '', 'from-number': '2' }, is: { from: '2' } },
  { name: 'nulls', body: { from: null }, is: { from: '' } },
  { name: 'a variable that the PBX did not know', body: { to: '{to}' }, is: { to: '' } },
  { name: 'control characters', body: { callid: 'a\u0000b\n' }, is: { callId: 'ab' } },
];
test.each(SPELLINGS)('an event with $name', ({ body, is }) => {
  expect(readCallEvent(body)).toMatchObject(is);
});

test.each([[{ from: {} }], [{ from: ['1'] }], [{ from: true }], [{ from: 'x'.repeat(513) }]])(
  '%j is refused by name',
  (body) => {
    expect(() => readCallEvent(body)).toThrow(/^from: /);
  },
);

const RECORDS: readonly { name: string; body: unknown; is: unknown }[] = [
  {
    name: 'one a call',
    body: { callid: 'a', domain: 'D' },
    is: { form: 'webcdr', callId: 'a', legId: '', domain: 'D' },
  },
  {
    name: 'one a leg',
    body: { PrimaryCallID: 'a', CallID: 'b' },
    is: { form: 'jsons', callId: 'a', legId: 'b', domain: '' },
  },
  { name: 'without an id', body: {}, is: { form: 'webcdr', callId: '', legId: '', domain: '' } },
  { name: 'no object', body: [1], is: null },
];
test.each(RECORDS)('a record $name', ({ body, is }) => {
  expect(readCallRecord(body)).toEqual(is);
});
