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
}

const KEEP_REQUESTS = 20_000;
const KEEP_BODY_CHARACTERS = 64_000;

/** The latest calls, in memory. */
export class Recorder {
  private requests: RecordedRequest[] = [];
  private seq = 0;

  add(request: Omit<RecordedRequest, 'seq'>): RecordedRequest {
    this.seq += 1;
    const recorded: RecordedRequest = {
      ...request,
      seq: this.seq,
      request_body: request.request_body?.slice(0, KEEP_BODY_CHARACTERS),
      response_body: request.response_body?.slice(0, KEEP_BODY_CHARACTERS),
    };
    this.requests.push(recorded);
    if (this.requests.length > KEEP_REQUESTS) this.requests = this.requests.slice(-KEEP_REQUESTS / 2);
    return recorded;
  }

  since(seq: number, tenant?: string): RecordedRequest[] {
    const later = this.requests.filter((request) => request.seq > seq);
    return tenant === undefined ? later : later.filter((request) => request.tenant === tenant);
  }

  clear(): void {
    this.requests = [];
  }
}
