import type {
  AnswerContact,
  AnswerMatter,
  CallAnswer,
  CallDirection,
  IgnoredReason,
  NotPairedReason,
  UnavailableReason,
} from '@matterline/contracts';

/** What was decided, before it is written out. */
export type Decision =
  | {
      readonly status: 'match';
      readonly reason: '';
      readonly total: number;
      readonly contacts: readonly AnswerContact[];
    }
  | { readonly status: 'no_match'; readonly reason: '' }
  | { readonly status: 'ignored'; readonly reason: IgnoredReason }
  | { readonly status: 'not_paired'; readonly reason: NotPairedReason }
  | { readonly status: 'unavailable'; readonly reason: UnavailableReason };

/** Everything an answer repeats from its event. */
export interface AnswerFrame {
  readonly callId: string;
  readonly extension: string;
  /** One of the decided states, or what an ignored event said instead. */
  readonly state: string;
  readonly direction: CallDirection | '';
  readonly raw: string;
  readonly e164: string;
  readonly display: string;
  readonly eventId: string;
  readonly mayPop: boolean;
}

const NO_POP = { show: false, title: '', text: '', url: '' };

export function callAnswer(frame: AnswerFrame, decision: Decision, startedMs: number): CallAnswer {
  const isMatch = decision.status === 'match';
  const contacts = isMatch ? decision.contacts : [];
  const pop = isMatch && frame.mayPop ? popOf(frame, decision.total, contacts) : NO_POP;
  return {
    status: decision.status,
    reason: decision.reason,
    callid: frame.callId,
    state: frame.state,
    direction: frame.direction,
    number: { raw: frame.raw, e164: frame.e164, display: frame.display },
    total: isMatch ? decision.total : 0,
    contacts,
    pop: { ...pop, key: `${frame.callId}/${frame.extension}` },
    event_id: frame.eventId,
    cached: false,
    elapsed_ms: elapsedMs(startedMs),
  };
}

export const elapsedMs = (startedMs: number) => Math.max(0, Math.round(performance.now() - startedMs));

function popOf(frame: AnswerFrame, total: number, contacts: readonly AnswerContact[]) {
  const [first] = contacts;
  if (!first) return NO_POP;
  const verb = frame.direction === 'outbound' ? 'Outgoing call' : 'Incoming call';
  const others = total > 1 ? ` (+${total - 1} more)` : '';
  const matter = first.matters.find(({ status }) => status === 'Open' || status === 'Pending');
  const matterText = matter ? ` · ${matter.role === 'other_side' ? 'Other side in ' : ''}${matterName(matter)}` : '';
  return {
    show: true,
    title: `${verb}: ${first.name}${others}`,
    text: `${frame.display}${matterText}`,
    url: first.url,
  };
}

/** Smokeball's computed titles begin with the number already. */
/** Smokeball puts the number into the title of some matters. */
function matterName({ number, title }: AnswerMatter): string {
  const parts = title.includes(number) ? [title] : [number, title];
  return parts.filter((part) => part !== '').join(' ') || 'a matter';
}
