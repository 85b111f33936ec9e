export type CallState = 'ringing' | 'connected' | 'terminated';
export type Direction = 'inbound' | 'outbound';
export type CallForm = 'script' | 'webhook';

/** What Matterline said to one event, and the pop-up that follows from it. */
export interface EventOutcome {
  readonly at: string;
  readonly state: CallState;
  readonly request: string;
  readonly http_status: number;
  /** `match`, `no_match`, `ignored`, …; empty when Matterline gave no answer. */
  readonly status: string;
  /** One sentence for the agent; empty on a match. */
  readonly plain: string;
  readonly answer: unknown;
  /** What went out: the body of the event. */
  readonly sent: unknown;
  readonly pop: ShownPop | null;
  readonly elapsed_ms: number;
}

export interface ShownMatter {
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly role: string;
  readonly url: string;
}

export interface ShownContact {
  readonly name: string;
  readonly company: string;
  readonly matched_on: string;
  readonly url: string;
  readonly matters: readonly ShownMatter[];
}

/** The pop-up as the agent sees it. Every text is shown as text; links are http(s) or empty. */
export interface ShownPop {
  readonly show: boolean;
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly number: string;
  readonly total: number;
  readonly contacts: readonly ShownContact[];
}

/** One phone that a call reached. */
export interface CallLeg {
  readonly extension: string;
  state: CallState;
  outcomes: EventOutcome[];
}

/** One call at the simulated PBX. Times are seconds since 1970 with fractions, as the PBX writes them. */
export interface DeskCall {
  readonly callid: string;
  readonly direction: Direction;
  readonly number: string;
  readonly name: string;
  readonly group: string;
  readonly did: string;
  readonly form: CallForm;
  /** The call that waits meanwhile, when this one only asks a colleague before a transfer. */
  readonly consult_for: string | null;
  readonly started_s: number;
  connected_s: number | null;
  ended_s: number | null;
  readonly legs: CallLeg[];
  records: readonly CdrOutcome[];
}

export interface CdrOutcome {
  readonly form: 'webcdr' | 'json';
  readonly sent: unknown;
  readonly request: string;
  readonly http_status: number;
  readonly plain: string;
}
