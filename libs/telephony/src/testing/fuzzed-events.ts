/** Deterministic, so that a failure can be repeated: mulberry32 by Tommy Ettinger, public domain. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TEXTS: readonly unknown[] = [
  '',
  ' ',
  '6173998147',
  '+16173998147',
  '504',
  '0',
  '*97',
  '#',
  '+',
  '911',
  'anonymous',
  '"Tom" <sip:504@law.example.com>',
  '"<script>alert(1)</script>" <sip:6173998147@t>',
  '"unclosed <sip:6173998147@t',
  '<>',
  '<sip:@>',
  'sip:%00%ff@t',
  'sip:%E0%A4%A@t',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '６１７３９９８１４７',
  '٠١٢٣٤٥٦٧٨٩',
  '1'.repeat(400),
  '('.repeat(400),
  '1 '.repeat(250),
  '+-+-+-+-1',
  'x'.repeat(513),
  "'; drop table pbx_tenants; --",
  '{from}',
  '__proto__',
  null,
  true,
  false,
  0,
  -1,
  504,
  1e308,
  6173998147,
  [],
  ['504'],
  {},
  { toString: '504' },
];
const STATES: readonly unknown[] = [
  'ringing',
  'RINGING',
  'newcall',
  'connected',
  'hangup',
  'toString',
  'constructor',
  ...TEXTS,
];
const DIRECTIONS: readonly unknown[] = ['inbound', 'outbound', 'I', 'O', '__proto__', ...TEXTS];
const NAMES = [
  'domain',
  'callid',
  'call_id',
  'state',
  'direction',
  'from',
  'to',
  'from-number',
  'extension',
  'leg',
  'start',
  '__proto__',
  'constructor',
  'Äö',
];

export interface FuzzedEvent {
  readonly body: string;
  readonly type: string;
}

/** Everything a PBX could send by mistake, and some that none would. */
export function fuzzedEvents(count: number, seed: number): FuzzedEvent[] {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const event = (): Record<string, unknown> => {
    const members: [string, unknown][] = [];
    if (next() < 0.9) members.push(['state', next() < 0.6 ? 'ringing' : pick(STATES)]);
    if (next() < 0.9) members.push(['extension', next() < 0.6 ? '504' : pick(TEXTS)]);
    if (next() < 0.9) members.push(['from', pick(TEXTS)]);
    if (next() < 0.8) members.push(['to', pick(TEXTS)]);
    if (next() < 0.7) members.push(['callid', pick(TEXTS)]);
    if (next() < 0.4) members.push(['direction', pick(DIRECTIONS)]);
    for (let more = Math.floor(next() * 4); more > 0; more -= 1) members.push([pick(NAMES), pick(TEXTS)]);
    return Object.fromEntries(members);
  };
  return Array.from({ length: count }, () => {
    const json = JSON.stringify(event());
    const kind = next();
    if (kind < 0.75) return { body: json, type: 'application/json' };
    if (kind < 0.85)
      return { body: formOf(JSON.parse(json) as Record<string, unknown>), type: 'application/x-www-form-urlencoded' };
    if (kind < 0.92) return { body: json.slice(0, Math.floor(next() * json.length)) || '{', type: 'application/json' };
    if (kind < 0.96) return { body: JSON.stringify(pick(TEXTS)), type: 'application/json; charset=utf-8' };
    return { body: json, type: pick(['text/plain', 'application/xml', 'nonsense', 'multipart/form-data']) };
  });
}

const formOf = (event: Record<string, unknown>) =>
  new URLSearchParams(
    Object.entries(event).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ).toString();
