import { noteAnswer } from './described-answers';

/** JSON as it came in. */
export type Parsed = ReturnType<typeof JSON.parse>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, or null when it is empty or not JSON. */
  readonly body: Parsed;
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Buffer | FormData | URLSearchParams | ReadableStream;
}

const LIMIT_MS = 60_000;

/**
 * One request, redirects not followed. Any status is an answer; only a broken connection throws. What a running API of ours answers is
 * held against the OpenAPI document that it serves.
 */
export async function call(method: string, url: string, options: CallOptions = {}): Promise<Answer> {
  const { headers = {}, json, raw } = options;
  const response = await fetch(url, {
    method,
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: (json === undefined ? raw : JSON.stringify(json)) as RequestInit['body'],
    redirect: 'manual',
    signal: AbortSignal.timeout(LIMIT_MS),
    ...(raw instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  const text = await response.text();
  const contentType = response.headers.get('content-type') ?? '';
  noteAnswer(url, { method, status: response.status, contentType, text });
  return { status: response.status, headers: response.headers, text, body: parse(text) as unknown };
}

/** The same, where anything but success is a mistake of the test itself. */
export async function mustCall(method: string, url: string, options: CallOptions = {}): Promise<Parsed> {
  const answer = await call(method, url, options);
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  throw new Error(`${method} ${url} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
}

function parse(text: string): Parsed {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
