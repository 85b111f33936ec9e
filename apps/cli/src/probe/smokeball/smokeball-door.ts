import { randomUUID } from 'node:crypto';
import {
  type HttpMethod,
  type RateGate,
  type SmokeballFailure,
  type SmokeballHosts,
  SmokeballTransport,
} from '@matterline/smokeball-client';
import { z } from 'zod';
import type { TokenSource } from '../credentials/token-facts';
import { pause } from '../pause';
import { Interrupted, ProbeFailure, QuestionFailure } from '../probe-failure';
import { type RawCall, rawRead } from './raw-calls';

/** What Smokeball answered; also a refusal is an answer. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Smokeball's words about a refusal. May quote what was sent: never printed. */
  readonly detail: string;
  readonly code: SmokeballFailure['code'] | null;
  readonly requestId: string;
}

export interface CallOptions {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly body?: unknown;
  readonly requestId?: string;
  readonly signal?: AbortSignal;
}

export interface DoorOptions {
  readonly hosts: SmokeballHosts;
  readonly apiKey: string;
  readonly tokens: TokenSource;
  readonly gate: RateGate;
  /** In whose name the shared gate counts the calls. */
  readonly firmId: string;
  readonly signal: AbortSignal;
}

const READ_TRIES = 4;
const THROTTLED_TRIES = 6;
const FIRST_BACKOFF_MS = 500;

/** Calls of the API as they are: no body is checked and no answer is given a shape. */
export class SmokeballDoor {
  private readonly transport: SmokeballTransport;

  constructor(private readonly options: DoorOptions) {
    const { hosts, apiKey, gate, tokens } = options;
    this.transport = new SmokeballTransport({
      hosts,
      apiKey,
      gate,
      accessToken: () => tokens.accessToken(),
      onUnauthorized: () => tokens.renew(),
    });
  }

  /** @throws QuestionFailure when the answer is no success. */
  async read(route: string, options: CallOptions = {}): Promise<unknown> {
    const answer = await this.call('GET', route, options);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw refusal(`GET ${route}`, answer);
  }

  /** One read past the gate. @throws QuestionFailure when there is no answer */
  async raw(pathAndQuery: string): Promise<RawCall> {
    const { hosts, apiKey, tokens, signal } = this.options;
    const headers = { accept: 'application/json', 'x-api-key': apiKey, authorization: `Bearer ${await tokens.accessToken()}` }; // prettier-ignore
    return await rawRead(`${hosts.api}${pathAndQuery}`, headers, signal).catch(() => {
      if (signal.aborted) throw new Interrupted();
      throw new QuestionFailure('Smokeball gave no answer to a burst of calls.', 'Run again later.');
    });
  }

  /**
   * Reads are repeated when Smokeball stumbles; a write only after a 429, which did nothing.
   * @throws ProbeFailure when no call can work, QuestionFailure when this one got no answer, Interrupted
   */
  async call(method: HttpMethod, route: string, options: CallOptions = {}): Promise<Answer> {
    const { path, query, body, requestId = randomUUID(), signal = this.options.signal } = options;
    const request = { method, route, path, query, answer: z.unknown() };
    const withBody = body === undefined ? request : { ...request, body: { schema: z.unknown(), value: body } };
    for (let tries = 1; ; tries += 1) {
      const context = { lane: 'person' as const, firmId: this.options.firmId, signal, requestId };
      const result = await this.transport.call(withBody, context);
      if (result.ok) return { status: result.status, body: result.data, detail: '', code: null, requestId };
      const { failure } = result;
      if (failure.kind === 'cancelled') throw new Interrupted();
      const answer = answerOf(failure);
      if (answer !== null) return answer;
      if (tries >= triesFor(method, failure)) throw noAnswer(`${method} ${route}`, failure);
      await pause(FIRST_BACKOFF_MS * 2 ** (tries - 1), signal);
    }
  }
}

/** A refusal in the words of the report. */
export function refusal(call: string, answer: Pick<Answer, 'status' | 'code'>): QuestionFailure {
  const reason = `Smokeball answered ${answer.status} to ${call}.`;
  if (answer.code === 'missing_scope') {
    return new QuestionFailure(reason, 'Grant the application the scope in Smokeball’s console, then sign in anew.');
  }
  return new QuestionFailure(reason, 'See that the person who signed in may do this in Smokeball, then run again.');
}

function answerOf(failure: SmokeballFailure): Answer | null {
  const { kind, status, code, detail, requestId } = failure;
  if (kind === 'unauthorized' || code === 'no_access_token') {
    throw new ProbeFailure('Smokeball refuses the access token (401). Sign in anew; tokens belong to one region only.');
  }
  if (code === 'gateway_forbidden') {
    throw new ProbeFailure('Smokeball refuses the API key (403). Check the …_API_KEY of this region and environment.');
  }
  if (code === 'unknown_route') {
    throw new ProbeFailure('Smokeball knows no such address (403). Check …_API_URL, and that the firm is one account.');
  }
  const isNoAnswer = status === null || status >= 500 || status === 408 || status === 429 || kind === 'bad_answer';
  return isNoAnswer ? null : { status, body: undefined, detail, code: code ?? null, requestId };
}

function triesFor(method: HttpMethod, failure: SmokeballFailure): number {
  if (failure.kind === 'rate_limited') return THROTTLED_TRIES;
  return method === 'GET' || failure.sent === 'no' ? READ_TRIES : 1;
}

function noAnswer(call: string, failure: SmokeballFailure): QuestionFailure {
  const what = failure.status === null ? `gave no answer (${failure.kind})` : `answered ${failure.status}`;
  return new QuestionFailure(`Smokeball ${what} to ${call}.`, 'Run again when Smokeball is well.');
}
