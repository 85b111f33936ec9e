import type { Verdict } from '../authority/verdict';

/** One call to the simulator, as `GET /_sim/requests` shows it. */
export interface RecordedRequest {
  readonly seq: number;
  readonly at: string;
  readonly tenant: string;
  readonly area: 'api' | 'auth' | 's3';
  readonly method: string;
  readonly path: string;
  /** The path template, or null for an unknown route. */
  readonly template: string | null;
  readonly query: string;
  /** Null when the connection was cut instead of an answer. */
  readonly status: number | null;
  readonly request_id: string | null;
  readonly client_id: string | null;
  readonly account_id: string | null;
  readonly duration_ms: number;
  readonly request_body?: string;
  readonly response_body?: string;
  /** What the official description says about it; null for sign-in and file storage, about which it is silent. */
  readonly verdict: Verdict | null;
}

const KEEP_REQUESTS = 20_000;
const KEEP_BODY_CHARACTERS = 64_000;
/** Of all bodies together; the oldest calls lose theirs first. */
const KEEP_ALL_CHARACTERS = 50_000_000;

/** The latest calls, in memory. */
export class Recorder {
  private requests: RecordedRequest[] = [];
  private seq = 0;
  private characters = 0;
  /** The oldest call that still has its bodies. */
  private oldestFull = 0;

  add(request: Omit<RecordedRequest, 'seq'>): RecordedRequest {
    this.seq += 1;
    const recorded: RecordedRequest = {
      ...request,
      seq: this.seq,
      request_body: beginning(request.request_body),
      response_body: beginning(request.response_body),
    };
    this.requests.push(recorded);
    this.characters += charactersOf(recorded);
    while (this.characters > KEEP_ALL_CHARACTERS) this.dropOldestBodies();
    if (this.requests.length > KEEP_REQUESTS) this.dropOldestHalf();
    return recorded;
  }

  since(seq: number, tenant?: string): RecordedRequest[] {
    const later = this.requests.filter((request) => request.seq > seq);
    return tenant === undefined ? later : later.filter((request) => request.tenant === tenant);
  }

  clear(): void {
    this.requests = [];
    this.characters = 0;
    this.oldestFull = 0;
  }

  private dropOldestBodies(): void {
    const oldest = this.requests[this.oldestFull];
    if (oldest === undefined) return;
    this.characters -= charactersOf(oldest);
    this.requests[this.oldestFull] = { ...oldest, request_body: undefined, response_body: undefined };
    this.oldestFull += 1;
  }

  private dropOldestHalf(): void {
    const gone = this.requests.splice(0, this.requests.length - KEEP_REQUESTS / 2);
    for (const request of gone) this.characters -= charactersOf(request);
    this.oldestFull = Math.max(0, this.oldestFull - gone.length);
  }
}

function charactersOf({ request_body = '', response_body = '' }: RecordedRequest): number {
  return request_body.length + response_body.length;
}

/** A slice alone would keep the whole text in memory. */
function beginning(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= KEEP_BODY_CHARACTERS) return text;
  return Buffer.from(text.slice(0, KEEP_BODY_CHARACTERS), 'utf8').toString('utf8');
}
