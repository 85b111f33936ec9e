import { randomUUID } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { SmokeballHosts } from '../regions';
import { AccessTokenUnavailable } from './access-token-unavailable';
import type { CallContext } from './call-context';
import type { CallObserver } from './call-observer';
import type { CallResult, SmokeballFailure } from './call-result';
import { defaultDispatcher } from './default-dispatcher';
import { exchange, type ExchangeRequest } from './exchange';
import { failureOfAnswer } from './failure-of-answer';
import { failureOfBreak } from './failure-of-break';
import { awayAtGate, cancelledAtGate, invalidRequest, issuesText, noAccessToken } from './local-failures';
import { queryString } from './query-string';
import { GateClosed, type RateGate, type RateSlot, type RateSlotUse } from './rate-gate';
import { readAnswer } from './read-answer';
import { routePath } from './route-path';
import type { SmokeballRequest } from './smokeball-request';

export const DEFAULT_TIMEOUT_MS = 15_000;
export const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

/** Why a token was refused. `rejectedToken` lets the owner see that another call has refreshed it already. */
export interface RefusedToken {
  readonly reason: 'unauthorized' | 'missing_scope';
  readonly rejectedToken: string;
}

export interface TransportOptions {
  readonly hosts: Pick<SmokeballHosts, 'api'>;
  readonly apiKey: string;
  /** Throws `AccessTokenUnavailable` when the firm must connect again. Asked once per exchange, after the gate. */
  readonly accessToken: () => Promise<string>;
  /** Refreshes and gives the new token, or null when that is impossible. */
  readonly onUnauthorized?: (refused: RefusedToken) => Promise<string | null>;
  readonly gate: RateGate;
  readonly observer?: CallObserver;
  /** Account id put before every path: only for client credentials that cover several accounts. */
  readonly accountPrefix?: string;
  /** Sent as `UserId`: only for client credentials. */
  readonly userId?: string;
  readonly dispatcher?: Dispatcher;
}

/** The only door to Smokeball's API. One call is one exchange, plus at most one repeat per refused token. */
export class SmokeballTransport {
  constructor(private readonly options: TransportOptions) {}

  /** Does one operation. Never retries by itself except after a token refresh, where the gateway had refused the request unread. */
  async call<T>(request: SmokeballRequest<T>, context: CallContext): Promise<CallResult<T>> {
    const requestId = context.requestId ?? randomUUID();
    const prepared = this.prepare(request, requestId);
    if (!prepared.ok) return prepared;

    const repeated = new Set<RefusedToken['reason']>();
    let freshToken: string | undefined;
    for (;;) {
      const { result, token } = await this.attempt(request, prepared.outgoing, { ...context, requestId }, freshToken);
      const reason = result.ok ? undefined : refusedBecause(result.failure);
      if (reason === undefined || token === undefined || repeated.has(reason)) return result;
      repeated.add(reason);
      const next = (await this.options.onUnauthorized?.({ reason, rejectedToken: token })) ?? null;
      if (next === null || next === token) return result;
      freshToken = next;
    }
  }

  private async attempt<T>(
    request: SmokeballRequest<T>,
    outgoing: ExchangeRequest,
    context: CallContext & { readonly requestId: string },
    freshToken: string | undefined,
  ): Promise<{ readonly result: CallResult<T>; readonly token?: string }> {
    const slot = await this.acquire(context);
    if ('failure' in slot) return { result: { ok: false, failure: slot.failure } };
    let use: RateSlotUse = {};
    try {
      const token = freshToken ?? (await this.options.accessToken());
      await context.beforeSend?.();
      const sentAtMs = performance.now();
      use = { sentAtMs };
      const result = await this.send(request, withToken(outgoing, token), context);
      use = { ...slotUse(result), sentAtMs, endedAtMs: performance.now() };
      return { result, token };
    } catch (error) {
      if (!(error instanceof AccessTokenUnavailable)) throw error;
      return { result: { ok: false, failure: noAccessToken(context.requestId) } };
    } finally {
      await this.release(slot, use);
    }
  }

  private async send<T>(
    request: SmokeballRequest<T>,
    outgoing: ExchangeRequest,
    context: CallContext & { readonly requestId: string },
  ): Promise<CallResult<T>> {
    const timeoutMs = context.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const startedAt = new Date();
    const startedMs = performance.now();
    const limits = { timeoutMs, maxAnswerBytes: MAX_ANSWER_BYTES, signal: context.signal };
    const answer = await exchange(this.options.dispatcher ?? defaultDispatcher(), outgoing, limits);
    const result = resultOf(answer, request, context.requestId, timeoutMs);
    this.tell({
      method: request.method,
      route: request.route,
      status: answer.status,
      requestId: context.requestId,
      startedAt,
      durationMs: Math.round(performance.now() - startedMs),
      outcome: result.ok ? 'ok' : result.failure.kind,
    });
    return result;
  }

  private prepare<T>(
    request: SmokeballRequest<T>,
    requestId: string,
  ):
    | { readonly ok: true; readonly outgoing: ExchangeRequest }
    | { readonly ok: false; readonly failure: SmokeballFailure } {
    const { hosts, accountPrefix, userId, apiKey } = this.options;
    const path = routePath(request.route, request.path, request.uuids);
    if (!path.ok) return { ok: false, failure: invalidRequest(`"${path.parameter}" is not a usable id`, requestId) };
    const body = request.body?.schema.safeParse(request.body.value);
    if (body?.success === false) return { ok: false, failure: invalidRequest(issuesText(body.error), requestId) };
    const prefix = accountPrefix === undefined ? '' : `/${encodeURIComponent(accountPrefix)}`;
    const url = `${hosts.api}${prefix}${path.path}${queryString(request.query)}`;
    const headers = {
      accept: 'application/json',
      'x-api-key': apiKey,
      RequestId: requestId,
      ...(userId === undefined ? {} : { UserId: userId }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const text = body === undefined ? undefined : JSON.stringify(body.data);
    return {
      ok: true,
      outgoing: { method: request.method, url, headers, ...(text === undefined ? {} : { body: text }) },
    };
  }

  private async acquire(
    context: CallContext & { readonly requestId: string },
  ): Promise<RateSlot | { readonly failure: SmokeballFailure }> {
    const { lane, firmId, signal, requestId } = context;
    if (signal?.aborted === true) return { failure: cancelledAtGate(requestId) };
    try {
      return await this.options.gate.acquire({ lane, firmId, signal });
    } catch (error) {
      if (error instanceof GateClosed) return { failure: awayAtGate(error.retryAfterMs, requestId) };
      if (context.signal?.aborted === true || isAbortError(error)) return { failure: cancelledAtGate(requestId) };
      throw error;
    }
  }

  /** A write that Smokeball accepted must not be lost because the gate's book-keeping failed. */
  private async release(slot: RateSlot, use: RateSlotUse): Promise<void> {
    try {
      await slot.release(use);
    } catch (error) {
      this.options.observer?.onReleaseError?.(error);
    }
  }

  private tell(record: Parameters<CallObserver['onCall']>[0]): void {
    try {
      this.options.observer?.onCall(record);
    } catch {
      // An observer only watches: its fault must not turn a done write into an unknown one.
    }
  }
}

function resultOf<T>(
  answer: Awaited<ReturnType<typeof exchange>>,
  request: SmokeballRequest<T>,
  requestId: string,
  timeoutMs: number,
): CallResult<T> {
  if (!answer.ok) return { ok: false, failure: failureOfBreak(answer, requestId, timeoutMs) };
  if (answer.status >= 200 && answer.status < 300) {
    return readAnswer(answer.body, request.answer, answer.status, requestId);
  }
  return { ok: false, failure: failureOfAnswer(answer, requestId, Date.now()) };
}

function withToken(outgoing: ExchangeRequest, token: string): ExchangeRequest {
  return { ...outgoing, headers: { ...outgoing.headers, authorization: `Bearer ${token}` } };
}

function slotUse(result: CallResult<unknown>): RateSlotUse {
  if (result.ok) return { status: result.status };
  const { status, retryAfterMs } = result.failure;
  return { ...(status === null ? {} : { status }), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function refusedBecause(failure: SmokeballFailure): RefusedToken['reason'] | undefined {
  if (failure.kind === 'unauthorized') return 'unauthorized';
  return failure.code === 'missing_scope' ? 'missing_scope' : undefined;
}

function isAbortError(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
