import { Injectable } from '@nestjs/common';
import { SmokeballAccess, TokenEndpointAway } from '@matterline/auth';
import { type NumberPlan, searchTails } from '@matterline/contacts';
import { Clock, Log } from '@matterline/platform';
import type { CallContext, Matter, SmokeballClient, SmokeballFailure } from '@matterline/smokeball-client';
import type { PairingKey } from '../pairings/pairing-row';
import { PairingTokens } from '../pairings/pairing-tokens';
import type { Decision } from '../vodia/answer';
import { HARD_STOP_MS, LATE, within } from './deadline';
import { decisionOfFailure } from './smokeball-failure';
import { type LiveHit, verifiedHits } from './stored-match';

/** For one ringing phone; the budget belongs to all firms together. */
const CALLS_MAX = 3;
const CALL_TIMEOUT_MS = 1_200;
const CACHE_MS = 30_000;
const CACHE_MAX = 2_000;
const MATTERS_MAX = 20;

export interface LiveFound {
  readonly hits: readonly LiveHit[];
  /** Open and pending matters by contact id; a contact that is absent was not asked about. */
  readonly matters: ReadonlyMap<string, readonly Matter[]>;
}

export type LiveResult =
  { readonly ok: true; readonly found: LiveFound } | { readonly ok: false; readonly decision: Decision };

export interface LiveQuestion {
  readonly pairing: PairingKey;
  /** Whose data may be shared between extensions: the Smokeball account, or the pairing itself where that is unknown. */
  readonly owner: string;
  readonly e164: string;
  readonly plan: NumberPlan;
  readonly maxContacts: number;
}

interface CacheEntry {
  readonly result: LiveResult;
  readonly untilMs: number;
}

/** Asks Smokeball itself, with the paired user's token, when the index does not know a number. Source: docs/telephony.md#live. */
@Injectable()
export class LiveSearch {
  private readonly flights = new Map<string, Promise<LiveResult>>();
  private readonly cache = new Map<string, CacheEntry>();

  constructor(
    private readonly access: SmokeballAccess,
    private readonly tokens: PairingTokens,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** One search a number at a time: a ring group of twenty asks once. `onFound` runs once a search, before anybody gets its result. */
  async search(
    question: LiveQuestion,
    remainingMs: number,
    onFound: (found: LiveFound) => Promise<void>,
  ): Promise<LiveResult> {
    const { firmId, tenantId } = question.pairing;
    const key = [firmId, tenantId, question.owner, question.e164].join('/');
    const kept = this.cache.get(key);
    if (kept && kept.untilMs > this.clock.nowMs()) return kept.result;
    const flight = this.flights.get(key) ?? this.start(key, question, onFound);
    const result = await within(flight, remainingMs);
    return result === LATE ? { ok: false, decision: { status: 'unavailable', reason: 'timeout' } } : result;
  }

  /** Open and pending matters of contacts that the index knows without matters. Empty when Smokeball does not answer in time. */
  async matters(
    pairing: PairingKey,
    contactIds: readonly string[],
    remainingMs: number,
  ): Promise<ReadonlyMap<string, readonly Matter[]>> {
    const found = new Map<string, readonly Matter[]>();
    const stop = AbortSignal.timeout(Math.max(1, remainingMs));
    const work = async () => {
      const client = await this.client(pairing);
      if (!client) return;
      const context: CallContext = { lane: 'call', firmId: pairing.firmId, timeoutMs: remainingMs, signal: stop };
      await Promise.all(
        contactIds.slice(0, CALLS_MAX).map(async (id) => {
          const answer = await this.listMatters(client, id, context);
          if (answer.ok) found.set(id, answer.data.items);
        }),
      );
    };
    await within(
      work().catch((error: unknown) => this.unexpected(pairing, error)),
      remainingMs,
    );
    return new Map(found);
  }

  private start(
    key: string,
    question: LiveQuestion,
    onFound: (found: LiveFound) => Promise<void>,
  ): Promise<LiveResult> {
    const flight = this.fly(question)
      .then(async (result) => {
        if (!result.ok) return result;
        this.remember(key, result);
        await onFound(result.found);
        return result;
      })
      .catch((error: unknown) => this.unexpected(question.pairing, error))
      .finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return flight;
  }

  private async fly({ pairing, e164, plan, maxContacts }: LiveQuestion): Promise<LiveResult> {
    const client = await this.client(pairing);
    if (!client) return { ok: false, decision: { status: 'unavailable', reason: 'api_disabled' } };
    const context: CallContext = {
      lane: 'call',
      firmId: pairing.firmId,
      timeoutMs: CALL_TIMEOUT_MS,
      signal: AbortSignal.timeout(HARD_STOP_MS),
    };
    let calls = 0;
    let hits: LiveHit[] = [];
    for (const tail of searchTails(e164, plan.country).slice(0, CALLS_MAX)) {
      calls += 1;
      const answer = await client.contacts.searchByPhone(tail.text, tail.match, context);
      if (!answer.ok) return this.failed(pairing, answer.failure);
      hits = verifiedHits(answer.data.items, e164, plan);
      if (hits.length > 0) break;
    }
    const asked = hits.slice(0, Math.min(maxContacts, CALLS_MAX - calls));
    const answers = await Promise.all(asked.map(({ contact }) => this.listMatters(client, contact.id, context)));
    // A name without matters is worth showing; a failure here takes nothing back.
    const matters = asked.flatMap(({ contact }, at) => {
      const answer = answers[at];
      return answer?.ok ? [[contact.id, answer.data.items] as const] : [];
    });
    return { ok: true, found: { hits, matters: new Map(matters) } };
  }

  private async listMatters(client: SmokeballClient, contactId: string, context: CallContext) {
    return await client.matters.list({ contactId, statuses: ['Open', 'Pending'], limit: MATTERS_MAX }, context);
  }

  private async client(pairing: PairingKey): Promise<SmokeballClient | null> {
    const place = await this.access.place(pairing.firmId);
    if (!place) return null;
    return this.access.client(place, {
      accessToken: () => this.tokens.accessToken(pairing, place),
      renew: () => this.tokens.renew(pairing, place),
    });
  }

  private failed(pairing: PairingKey, failure: SmokeballFailure): LiveResult {
    this.log.warn('lookup.live.failed', {
      firm_id: pairing.firmId,
      extension: pairing.extension,
      code: failure.kind,
      status: failure.status ?? undefined,
    });
    return { ok: false, decision: decisionOfFailure(failure) };
  }

  private unexpected(pairing: PairingKey, error: unknown): LiveResult {
    if (!(error instanceof TokenEndpointAway)) this.log.error('lookup.live.broken', { firm_id: pairing.firmId, error });
    return { ok: false, decision: { status: 'unavailable', reason: 'smokeball_error' } };
  }

  private remember(key: string, result: LiveResult): void {
    const nowMs = this.clock.nowMs();
    if (this.cache.size >= CACHE_MAX) {
      for (const [name, entry] of this.cache) if (entry.untilMs <= nowMs) this.cache.delete(name);
      const [oldest] = this.cache.keys();
      if (this.cache.size >= CACHE_MAX && oldest !== undefined) this.cache.delete(oldest);
    }
    this.cache.set(key, { result, untilMs: nowMs + CACHE_MS });
  }
}
