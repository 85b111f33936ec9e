import { ApiError } from '@matterline/platform';

/** One call event as it came, in one spelling; empty texts where a member was absent. */
export interface CallEvent {
  readonly domain: string;
  readonly callId: string;
  readonly state: string;
  readonly direction: string;
  readonly leg: string;
  readonly from: string;
  readonly to: string;
  readonly extension: string;
}

type Member = keyof CallEvent;

/** The spellings of scripts, webhooks and forms; hyphens and case do not count. The first that holds something is taken. */
const SPELLINGS: Readonly<Record<Member, readonly string[]>> = {
  domain: ['domain'],
  callId: ['callid', 'call_id', 'primarycallid'],
  state: ['state', 'callstate', 'call_state'],
  direction: ['direction'],
  leg: ['leg'],
  from: ['from', 'from_number', 'from_user'],
  to: ['to', 'to_number', 'to_user'],
  extension: ['extension', 'account', 'user'],
};

/** The contract's own name of a member, for messages. */
const NAMES: Readonly<Record<Member, string>> = {
  domain: 'domain',
  callId: 'callid',
  state: 'state',
  direction: 'direction',
  leg: 'leg',
  from: 'from',
  to: 'to',
  extension: 'extension',
};

const TEXT_MAX = 512;

/**
 * Reads a call event, JSON or form. Unknown members are ignored.
 * @throws ApiError `bad_request` naming the first member that has a wrong type or is too long
 */
export function readCallEvent(body: unknown): CallEvent {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError('bad_request', 'body: must be an object.', { field: 'body' });
  }
  const given = new Map<string, unknown>();
  for (const [key, value] of Object.entries(body)) {
    const name = key.trim().toLowerCase().replace(/-/g, '_');
    if (!given.has(name)) given.set(name, value);
  }
  const text = (member: Member) => firstText(given, member);
  return {
    domain: text('domain'),
    callId: text('callId'),
    state: text('state'),
    direction: text('direction'),
    leg: text('leg'),
    from: text('from'),
    to: text('to'),
    extension: text('extension'),
  };
}

/** @throws ApiError `bad_request` naming what is missing; only state, extension and one end are required */
export function requireDecidable(event: CallEvent): void {
  const missing =
    event.state.trim() === ''
      ? 'state'
      : event.extension === ''
        ? 'extension'
        : event.from === '' && event.to === ''
          ? 'from'
          : null;
  if (missing === null) return;
  const message = missing === 'from' ? 'from: is required, unless `to` is given.' : `${missing}: is required.`;
  throw new ApiError('bad_request', message, { field: missing });
}

function firstText(given: ReadonlyMap<string, unknown>, member: Member): string {
  for (const spelling of SPELLINGS[member]) {
    const text = readText(given.get(spelling), NAMES[member]);
    if (text !== '') return text;
  }
  return '';
}

function readText(value: unknown, name: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') throw new ApiError('bad_request', `${name}: must be a text.`, { field: name });
  // A variable that the PBX did not know comes through as its own name in braces.
  const plain = value.replace(/\p{Cc}/gu, '').trim();
  const text = /^\{[\w-]+\}$/.test(plain) ? '' : plain;
  if (text.length > TEXT_MAX)
    throw new ApiError('bad_request', `${name}: is longer than ${TEXT_MAX} characters.`, { field: name });
  return text;
}
