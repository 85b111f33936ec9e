import { Injectable } from '@nestjs/common';
import type { CallAnswer, CallState } from '@matterline/contracts';
import { canonical, display, type NumberPlan, readNumberText } from '@matterline/contacts';
import { ApiError, Clock, Database, type FirmScope, Log, newId } from '@matterline/platform';
import { notPairedReason } from '../pairings/pairing-status';
import type { PairingKey } from '../pairings/pairing-row';
import { countryOf, fitsPattern, isInScope } from '../tenants/tenant-config';
import { requireOwnDomain } from '../tenants/tenant-row';
import { type AnswerFrame, callAnswer, type Decision, elapsedMs } from '../vodia/answer';
import type { CallEvent } from '../vodia/call-event';
import { readCallState } from '../vodia/call-state';
import { ignoredReason } from '../vodia/ignored';
import { extensionOf, partiesOf } from '../vodia/parties';
import { readSipAddress } from '@matterline/contacts';
import { CallAnswers, type EventKey } from './call-answers';
import { type CallContext, readCallContext } from './call-context';
import { HARD_STOP_MS } from './deadline';
import { liveContact } from './answer-contacts';
import { LiveSearch } from './live-search';
import { LocalLookup } from './local-lookup';

/** A contact is in the index but its matters are not: worth this short a wait. */
const MATTERS_WAIT_MS = 1_000;

interface Asked {
  readonly firmId: string;
  readonly event: CallEvent;
  readonly startedMs: number;
  /** False for a lookup by hand: nothing is kept, no pop goes out. */
  readonly isCall: boolean;
  readonly state: CallState;
  readonly key: EventKey;
}

interface Known extends Asked {
  readonly context: CallContext;
  readonly pairing: PairingKey;
  readonly plan: NumberPlan;
  readonly frame: AnswerFrame;
}

/** What the first, local step came to: an answer, or what is still to be asked of Smokeball. */
type Local = { readonly answer: CallAnswer } | { readonly known: Known; readonly matters?: readonly string[] };

/** Decides call events: what to ignore, who may see, what was answered before, who is calling. Source: docs/telephony.md#answers. */
@Injectable()
export class CallDesk {
  constructor(
    private readonly database: Database,
    private readonly answers: CallAnswers,
    private readonly local: LocalLookup,
    private readonly live: LiveSearch,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** @throws ApiError `domain_mismatch` */
  async decide(firmId: string, tenantId: string, event: CallEvent, isCall: boolean): Promise<CallAnswer> {
    const startedMs = performance.now();
    const state = readCallState(event.state);
    const extension = extensionOf(event.extension);
    const remote = `${event.from}\n${event.to}`;
    const key = { tenantId, callId: event.callId, extension, remote, atMs: this.clock.nowMs() };
    const asked: Asked = { firmId, event, startedMs, isCall, key, state: state ?? 'ringing' };
    const first = await this.database.forFirm(firmId, (scope) => this.locally(scope, asked, state === null));
    const answer = 'answer' in first ? first.answer : await this.remotely(first.known, first.matters);
    this.log.info('call.decided', {
      firm_id: firmId,
      tenant_id: tenantId,
      state: answer.status,
      code: answer.reason,
      event_id: answer.event_id,
      duration_ms: elapsedMs(startedMs),
    });
    return answer;
  }

  private async locally(scope: FirmScope, asked: Asked, isUnknownState: boolean): Promise<Local> {
    const { event, key, state } = asked;
    const users = [readSipAddress(event.from).user, readSipAddress(event.to).user, key.extension].filter(
      (user) => user !== '',
    );
    const ids = {
      own: this.answers.id(key, state),
      ringing: this.answers.id(key, 'ringing'),
      ended: this.answers.id(key, 'terminated'),
    };
    const context = await readCallContext(scope, {
      tenantId: key.tenantId,
      extension: key.extension,
      users,
      answerIds: asked.isCall ? Object.values(ids) : [],
      answersSince: this.answers.since(),
    });
    if (!context) throw new ApiError('unknown_tenant', 'There is no such PBX tenant.');
    requireOwnDomain(context.tenant, event.domain);
    const { config, region } = context.tenant;
    const isInternal = (user: string) => context.internal.has(user) || fitsPattern(config, user);
    const parties = partiesOf(event, isInternal);
    const country = countryOf(config, region);
    const plan: NumberPlan = { country, areaCode: config.area_code, intlPrefix: config.intl_prefix };
    const hasEnded = state === 'ringing' && context.answers.has(ids.ended);
    const number = readNumberText(parties.remote.user);
    const e164 = number && canonical(number, plan);
    const frame: AnswerFrame = {
      callId: event.callId,
      extension: context.extension,
      state: isUnknownState ? event.state.slice(0, 64) : state,
      direction: parties.direction,
      raw: parties.remote.user,
      e164: e164 ?? '',
      display: e164 ? display(e164, country) : parties.remote.user,
      eventId: newId('evt'),
      mayPop: config.pop_on.includes(state) && !hasEnded,
    };
    const known: Known = {
      ...asked,
      context,
      plan,
      frame,
      pairing: { firmId: asked.firmId, tenantId: key.tenantId, extension: context.extension },
    };
    const ignored = isUnknownState
      ? 'state'
      : ignoredReason(parties, {
          country,
          hasAreaCode: config.area_code !== '',
          isInternal,
          isInScope: (extension) => isInScope(config, extension) || isInScope(config, context.extension),
        });
    // The same event gives the same answer, also where nothing is kept of it.
    const ignoredFrame = { ...frame, eventId: `evt_${ids.own.slice(0, 26)}` };
    if (ignored) return { answer: callAnswer(ignoredFrame, { status: 'ignored', reason: ignored }, asked.startedMs) };
    const notPaired = notPairedReason(context.pairing, this.clock.nowMs());
    if (notPaired) return { answer: callAnswer(frame, { status: 'not_paired', reason: notPaired }, asked.startedMs) };
    const repeated = context.answers.get(ids.own);
    if (repeated) return { answer: { ...this.answers.open(asked.firmId, repeated), cached: true } };
    const ringing = state === 'ringing' ? undefined : context.answers.get(ids.ringing);
    if (ringing)
      return { answer: await this.finish(scope, known, decisionOf(this.answers.open(asked.firmId, ringing))) };
    if (e164 === null) return { answer: await this.finish(scope, known, { status: 'no_match', reason: '' }) };
    return await this.fromIndex(scope, known, e164);
  }

  private async fromIndex(scope: FirmScope, known: Known, e164: string): Promise<Local> {
    const { accountId, tenant } = known.context;
    const found = accountId === null ? null : await this.local.find(scope, accountId, tenant, e164, known.plan);
    if (found && (found.withoutMatters.length === 0 || !this.mayAsk(known))) {
      return { answer: await this.finish(scope, known, found.decision) };
    }
    if (found) return { known, matters: found.withoutMatters };
    // Only a ringing phone is worth a search; who hangs up without having rung here is not looked for.
    if (known.state !== 'ringing')
      return { answer: await this.finish(scope, known, { status: 'no_match', reason: '' }) };
    return { known };
  }

  /** Matters are asked for under a pairing of the same Smokeball account as the index only. */
  private mayAsk({ context, state }: Known): boolean {
    return state === 'ringing' && context.pairing?.account_id === context.accountId;
  }

  private async remotely(known: Known, matters: readonly string[] | undefined): Promise<CallAnswer> {
    if (matters) return await this.withMatters(known, matters);
    const { context, plan, pairing, frame } = known;
    const { tenant } = context;
    const accountId = context.pairing?.account_id ?? null;
    const result = await this.live.search(
      {
        pairing,
        owner: accountId ?? `pairing ${pairing.extension}`,
        e164: frame.e164,
        plan,
        maxContacts: tenant.config.max_contacts,
      },
      HARD_STOP_MS - (performance.now() - known.startedMs),
      async (found) => {
        if (accountId === null || accountId !== context.accountId) return;
        await this.database.forFirm(pairing.firmId, (scope) => this.local.learn(scope, accountId, found, plan));
      },
    );
    const links = this.local.links(tenant);
    const decision: Decision = !result.ok
      ? result.decision
      : result.found.hits.length === 0
        ? { status: 'no_match', reason: '' }
        : {
            status: 'match',
            reason: '',
            total: result.found.hits.length,
            contacts: result.found.hits
              .slice(0, tenant.config.max_contacts)
              .map((hit) => liveContact(hit, result.found.matters.get(hit.contact.id) ?? [], links)),
          };
    return await this.database.forFirm(pairing.firmId, (scope) => this.afterWait(scope, known, decision));
  }

  private async withMatters(known: Known, contactIds: readonly string[]): Promise<CallAnswer> {
    const { context, pairing, plan, frame } = known;
    const { accountId, tenant } = context;
    if (accountId === null) throw new Error('an index without an account');
    const remainingMs = Math.min(MATTERS_WAIT_MS, HARD_STOP_MS - (performance.now() - known.startedMs));
    const read = await this.live.matters(pairing, contactIds, remainingMs);
    return await this.database.forFirm(pairing.firmId, async (scope) => {
      await this.local.learnMatters(scope, accountId, read);
      const found = await this.local.find(scope, accountId, tenant, frame.e164, plan);
      return await this.afterWait(scope, known, found?.decision ?? { status: 'no_match', reason: '' });
    });
  }

  /** While Smokeball was asked the pairing may have ended or the caller may have hung up: both count. */
  private async afterWait(scope: FirmScope, known: Known, decision: Decision): Promise<CallAnswer> {
    const { key, pairing } = known;
    const ended = this.answers.id(key, 'terminated');
    const now = await readCallContext(scope, {
      tenantId: key.tenantId,
      extension: pairing.extension,
      users: [],
      answerIds: known.isCall ? [ended] : [],
      answersSince: this.answers.since(),
    });
    const notPaired = notPairedReason(now?.pairing ?? null, this.clock.nowMs());
    if (notPaired) return callAnswer(known.frame, { status: 'not_paired', reason: notPaired }, known.startedMs);
    const hasEnded = known.state === 'ringing' && (now?.answers.has(ended) ?? false);
    const frame = { ...known.frame, mayPop: known.frame.mayPop && !hasEnded };
    return await this.finish(scope, { ...known, frame }, decision);
  }

  private async finish(
    scope: FirmScope,
    { frame, startedMs, isCall, key, state, pairing }: Known,
    decision: Decision,
  ): Promise<CallAnswer> {
    const answer = callAnswer(frame, decision, startedMs);
    if (!isCall) return answer;
    const owner = { tenantId: key.tenantId, extension: pairing.extension, state };
    return await this.answers.keep(scope, this.answers.id(key, state), owner, answer);
  }
}

/** The same decision for a later state of the call. */
function decisionOf(answer: CallAnswer): Decision {
  if (answer.status === 'match') return { status: 'match', reason: '', total: answer.total, contacts: answer.contacts };
  return { status: answer.status, reason: answer.reason } as Decision;
}
