/** What the official description says about one call. */
export interface Verdict {
  readonly state: 'as documented' | 'findings' | 'not checked';
  readonly request: readonly string[];
  readonly answer: readonly string[];
  /** Why the answer, or the whole call, was not checked; null when both were. */
  readonly note: string | null;
}

/** What is judged: one call of the API as it came and as it was answered. */
export interface JudgedCall {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly template: string | null;
  readonly requestType: string | undefined;
  readonly requestBody: string | undefined;
  /** Null when the connection was cut instead of an answer. */
  readonly status: number | null;
  readonly answerType: string | undefined;
  readonly answerBody: string | undefined;
  /** A standing fault gave the answer. */
  readonly isFault: boolean;
}

/** One thing that was found, and how many calls had it. */
export interface Finding {
  readonly where: 'request' | 'answer';
  readonly operation: string;
  readonly status: number | null;
  readonly text: string;
  readonly calls: number;
}

/** Whether calls are checked, and what has come of it since the simulator started. */
export interface AuthorityReport {
  readonly validating: boolean;
  /** Why not; null while checking. */
  readonly why_not: string | null;
  readonly checked: number;
  readonly not_checked: number;
  readonly calls_with_request_findings: number;
  readonly calls_with_answer_findings: number;
}
