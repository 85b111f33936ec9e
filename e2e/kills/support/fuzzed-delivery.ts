import { signedNow, type SceneHook } from './hook-load';

export interface FuzzedDelivery {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const TYPES = [
  'matter.updated',
  'contact.deleted',
  'files.updated',
  'error',
  'noop',
  'matter.created',
  'moon.risen',
  '',
  '\0',
];
const VALUES = [
  'null',
  'true',
  '-0',
  '1e999',
  '"x"',
  '[]',
  '{}',
  '{"id":1}',
  '{"id":"\\u0000"}',
  '9'.repeat(40),
  '"\\ud800"',
];
const SIGNED_SHARE = 0.85;

/** A delivery gone wrong in some way, or in none; mostly signed as it should be. */
export function fuzzedDelivery(hook: SceneHook, random: () => number): FuzzedDelivery {
  const pick = <T>(from: readonly [T, ...T[]] | readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const { pathname } = new URL(hook.eventNotificationUrl);
  const members = {
    accountId: pick([JSON.stringify(hook.accountId), JSON.stringify(hook.accountId), '"stranger"', pick(VALUES)]),
    type: random() < 0.8 ? JSON.stringify(pick(TYPES)) : pick(VALUES),
    payload:
      random() < 0.6 ? `{"id":"${random().toString(36).slice(2)}","isDeleted":true,"status":"Closed"}` : pick(VALUES),
    timestamp: pick(['637558795239278689', '0', '3155378975999999999', '-1', pick(VALUES)]),
  };
  const text = `{${Object.entries(members)
    .map(([name, value]) => `"${name}":${value}`)
    .join()}}`;
  const body = broken(
    Buffer.from(pick([text, text, text, text.slice(0, Math.floor(random() * text.length)), pick(VALUES)])),
    random,
  );
  const headers = signedNow(hook.key);
  if (random() > SIGNED_SHARE) {
    const name = pick(['timestamp', 'requestid', 'signature', 'content-type']);
    headers[name] = pick([
      '0',
      '-1',
      'x',
      '9'.repeat(30),
      'a'.repeat(64),
      '\u00ff',
      'text/plain',
      '3155378975999999999',
    ]);
  }
  return {
    path: random() < 0.97 ? pathname : pick(['/hooks/smokeball/nobody', `${pathname}?x=1`, `${pathname}/`]),
    headers,
    body,
  };
}

/** Now and then one byte becomes another, which may end the UTF-8 or the JSON. */
function broken(body: Buffer, random: () => number): Buffer {
  if (body.length === 0 || random() > 0.2) return body;
  body[Math.floor(random() * body.length)] = Math.floor(random() * 256);
  return body;
}
