import { readSipAddress, type SipAddress } from '@matterline/contacts';
import type { CallDirection } from '@matterline/contracts';
import type { CallEvent } from './call-event';

/** Who the other side of a call is, seen from the extension. */
export interface Parties {
  readonly direction: CallDirection;
  readonly extension: string;
  readonly remote: SipAddress;
  /** The end as the PBX wrote it, for the answer. */
  readonly remoteRaw: string;
  /** The extension's own end: its number, or the group that was dialled. */
  readonly own: SipAddress;
}

const DIRECTIONS: Readonly<Record<string, CallDirection>> = {
  inbound: 'inbound',
  in: 'inbound',
  incoming: 'inbound',
  outbound: 'outbound',
  out: 'outbound',
  outgoing: 'outbound',
};

/** `504`, `504@law.example.com` or a whole SIP header. */
export const extensionOf = (text: string) => readSipAddress(text).user;

/** Finds direction and remote end. `I` and `O` count on the trunk's leg only: on an extension's leg they mean the opposite. */
export function partiesOf(event: CallEvent, isInternal: (user: string) => boolean): Parties {
  const from = readSipAddress(event.from);
  const to = readSipAddress(event.to);
  const extension = extensionOf(event.extension);
  const direction = statedDirection(event) ?? derivedDirection(extension, from, to, event, isInternal);
  const isInbound = direction === 'inbound';
  return {
    direction,
    extension,
    remote: isInbound ? from : to,
    remoteRaw: isInbound ? event.from : event.to,
    own: isInbound ? to : from,
  };
}

function statedDirection({ direction, leg }: CallEvent): CallDirection | null {
  const word = direction.trim().toLowerCase();
  if (Object.hasOwn(DIRECTIONS, word)) return DIRECTIONS[word] ?? null;
  if (leg.trim().toLowerCase() !== 'trunk') return null;
  return word === 'i' ? 'inbound' : word === 'o' ? 'outbound' : null;
}

function derivedDirection(
  extension: string,
  from: SipAddress,
  to: SipAddress,
  event: CallEvent,
  isInternal: (user: string) => boolean,
): CallDirection {
  if (to.user === extension && to.user !== '') return 'inbound';
  if (from.user === extension && from.user !== '') return 'outbound';
  if (event.from === '') return 'outbound';
  if (event.to === '') return 'inbound';
  return isInternal(from.user) && !isInternal(to.user) ? 'outbound' : 'inbound';
}
