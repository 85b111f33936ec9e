import { readCallEvent } from './call-event';
import { ignoredReason } from './ignored';
import { partiesOf } from './parties';

const INTERNAL = new Set(['504', '505']);
const isInternal = (user: string) => INTERNAL.has(user);

const ENDS: readonly { name: string; event: Record<string, string>; direction: string; remote: string }[] = [
  {
    name: 'the extension is called',
    event: { from: '6173998147', to: '504' },
    direction: 'inbound',
    remote: '6173998147',
  },
  {
    name: 'the extension calls',
    event: { from: '504', to: '6173998147' },
    direction: 'outbound',
    remote: '6173998147',
  },
  { name: 'a group is called', event: { from: '6173998147', to: '700' }, direction: 'inbound', remote: '6173998147' },
  {
    name: 'another extension calls for it',
    event: { from: '505', to: '6173998147' },
    direction: 'outbound',
    remote: '6173998147',
  },
  { name: 'only the caller is known', event: { from: '6173998147' }, direction: 'inbound', remote: '6173998147' },
  { name: 'only the called one is known', event: { to: '6173998147' }, direction: 'outbound', remote: '6173998147' },
  { name: 'stated', event: { from: '1', to: '2', direction: 'outbound' }, direction: 'outbound', remote: '2' },
  {
    name: 'stated in another word',
    event: { from: '1', to: '2', direction: 'Incoming' },
    direction: 'inbound',
    remote: '1',
  },
  {
    name: 'I without a leg says nothing',
    event: { from: '504', to: '6173998147', direction: 'I' },
    direction: 'outbound',
    remote: '6173998147',
  },
  {
    name: 'I on an extension’s leg says nothing',
    event: { from: '504', to: '6173998147', direction: 'I', leg: 'extension' },
    direction: 'outbound',
    remote: '6173998147',
  },
  {
    name: 'O on the trunk’s leg',
    event: { from: '700', to: '6173998147', direction: 'O', leg: 'trunk' },
    direction: 'outbound',
    remote: '6173998147',
  },
  {
    name: 'I on the trunk’s leg',
    event: { from: '6173998147', to: '700', direction: 'i', leg: 'Trunk' },
    direction: 'inbound',
    remote: '6173998147',
  },
  {
    name: 'the extension with its domain',
    event: { from: '1', to: '"Tom" <sip:504@t>', extension: '504@t' },
    direction: 'inbound',
    remote: '1',
  },
];
test.each(ENDS)('$name: $direction', ({ event, direction, remote }) => {
  const parties = partiesOf(readCallEvent({ extension: '504', ...event }), isInternal);
  expect([parties.direction, parties.remote.user]).toEqual([direction, remote]);
});

const REASONS: readonly (readonly [string, string | null])[] = [
  ['6173998147', null],
  ['+442079460000', null],
  ['sip:6173998147@t', null],
  ['411', null],
  ['505', 'internal'],
  ['504', 'internal'],
  ['*97', 'star_code'],
  ['sip:*97@t', 'star_code'],
  ['#1', 'star_code'],
  ['anonymous', 'anonymous'],
  ['"Private" <sip:restricted@t>', 'anonymous'],
  ['<sip:6173998147@anonymous.invalid>', 'anonymous'],
  ['Unknown', 'anonymous'],
  ['alice', 'anonymous'],
  ['911', 'emergency'],
  ['112', 'emergency'],
  ['000', 'emergency'],
  ['999', 'emergency'],
  ['12', 'too_short'],
  ['812', 'too_short'],
  ['12345', 'too_short'],
];
test.each(REASONS)('a call from %s is ignored for %j', (from, reason) => {
  const parties = partiesOf(readCallEvent({ extension: '504', from, to: '504', direction: 'inbound' }), isInternal);
  const context = { country: 'US', hasAreaCode: false, isInternal, isInScope: () => true } as const;
  expect(ignoredReason(parties, context)).toBe(reason);
});

test('an extension out of scope is ignored, after what is nobody’s business anyway', () => {
  const context = { country: 'US', hasAreaCode: false, isInternal, isInScope: () => false } as const;
  const reason = (from: string) =>
    ignoredReason(partiesOf(readCallEvent({ extension: '504', from, to: '504' }), isInternal), context);
  expect([reason('*97'), reason('6173998147')]).toEqual(['star_code', 'out_of_scope']);
});

test('an Australian service number is looked up, however short', () => {
  const parties = partiesOf(readCallEvent({ extension: '504', from: '504', to: '132221' }), isInternal);
  expect(ignoredReason(parties, { country: 'AU', hasAreaCode: false, isInternal, isInScope: () => true })).toBeNull();
});
