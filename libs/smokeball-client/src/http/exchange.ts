import type { Readable } from 'node:stream';
import { errors, request, type Dispatcher } from 'undici';
import { readLimited } from './read-limited';
import { startMarker, type StartMark } from './start-marker';

export interface ExchangeRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Readable;
}

export interface ExchangeLimits {
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly signal?: AbortSignal;
}

export type Exchange =
  | { readonly ok: true; readonly status: number; readonly headers: AnswerHeaders; readonly body: Buffer }
  | BrokenExchange;

export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** No whole answer came. */
export interface BrokenExchange {
  readonly ok: false;
  readonly cause: 'timeout' | 'cancelled' | 'network' | 'too_large';
  readonly sent: 'no' | 'maybe' | 'yes';
  /** Set when the head of an answer had arrived. */
  readonly status: number | null;
  readonly error: unknown;
}

/** A longer timer would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

class Stopped extends Error {
  constructor(readonly why: 'timeout' | 'cancelled' | 'too_large') {
    super(why);
  }
}

/** undici refused the request before it tried: a header or URL that cannot be sent. */
function isOurMistake(error: unknown): boolean {
  return error instanceof errors.InvalidArgumentError || error instanceof TypeError;
}

/** One HTTP exchange, read to the end. Redirects are answers like any other. What the network does is returned; @throws only when the request itself cannot be sent. */
export async function exchange(
  dispatcher: Dispatcher,
  outgoing: ExchangeRequest,
  limits: ExchangeLimits,
): Promise<Exchange> {
  const mark: StartMark = { hasStarted: false };
  const progress: { status: number | null } = { status: null };
  const stop = stopSwitch(limits);
  try {
    const work = sendAndRead(dispatcher, outgoing, limits, mark, progress, stop.signal);
    // undici cannot abort a request that still waits for its connection, so the stop is raced against it.
    return await Promise.race([work, stop.promise]);
  } catch (error) {
    if (isOurMistake(error)) throw error;
    const cause = error instanceof Stopped ? error.why : 'network';
    const sent = progress.status !== null ? 'yes' : mark.hasStarted ? 'maybe' : 'no';
    return { ok: false, cause, sent, status: progress.status, error };
  } finally {
    stop.clear();
  }
}

async function sendAndRead(
  dispatcher: Dispatcher,
  outgoing: ExchangeRequest,
  limits: ExchangeLimits,
  mark: StartMark,
  progress: { status: number | null },
  signal: AbortSignal,
): Promise<Exchange> {
  const answer = await request(outgoing.url, {
    dispatcher: dispatcher.compose(startMarker(mark)),
    method: outgoing.method,
    headers: outgoing.headers,
    body: outgoing.body ?? null,
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  progress.status = answer.statusCode;
  const body = await readLimited(answer.body, limits.maxAnswerBytes);
  if (body === null) throw new Stopped('too_large');
  return { ok: true, status: answer.statusCode, headers: answer.headers, body };
}

function stopSwitch(limits: ExchangeLimits): {
  readonly signal: AbortSignal;
  readonly promise: Promise<never>;
  readonly clear: () => void;
} {
  const controller = new AbortController();
  let giveUp: (reason: Stopped) => void = () => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  promise.catch(() => undefined);
  const stop = (why: Stopped['why']): void => {
    const reason = new Stopped(why);
    controller.abort(reason);
    giveUp(reason);
  };
  const cancel = (): void => stop('cancelled');
  const timer = setTimeout(() => stop('timeout'), Math.min(limits.timeoutMs, MAX_TIMER_MS));
  limits.signal?.addEventListener('abort', cancel, { once: true });
  if (limits.signal?.aborted === true) cancel();
  const clear = (): void => {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', cancel);
  };
  return { signal: controller.signal, promise, clear };
}
