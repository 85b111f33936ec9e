import { randomBytes } from 'node:crypto';
import { FormError } from '../form-error';
import { NotFoundError } from '../not-found-error';
import { AgentPages } from './agent-pages';
import { callEvent } from './call-event';
import type { CallForm, CdrForm, ConsultForm, TransferForm } from './call-form';
import { jsonCdrs, webCdr } from './cdr-records';
import type { CallLeg, CallState, CdrOutcome, DeskCall, EventOutcome } from './desk-call';
import { PBX_NOT_CONNECTED, PbxLine } from './pbx-line';
import type { PbxExtension, PbxSettings } from './pbx-settings';
import { plainStatus } from './plain-status';
import { shownPop } from './shown-pop';

const CALLS_KEPT = 50;

/** The PBX desk: phones that ring, are answered and hang up, and what the PBX tells Matterline of it. */
export class PbxDesk {
  readonly line: PbxLine;
  readonly agentPages: AgentPages;
  private calls: DeskCall[] = [];

  constructor(private readonly settings: () => PbxSettings | undefined) {
    this.line = new PbxLine(settings);
    this.agentPages = new AgentPages(this.line);
  }

  /** Newest first. */
  list(): readonly DeskCall[] {
    return this.calls;
  }

  /** Moves a call (a new one or a known one) to a state at the named phones; all phones are told at the same moment. */
  async move(
    form: CallForm,
  ): Promise<{ readonly call: DeskCall; readonly outcomes: readonly (EventOutcome & { extension: string })[] }> {
    const call = this.calls.find((one) => one.callid === form.callid) ?? this.begin(form);
    const named = form.extensions ?? (form.extension === undefined ? liveExtensions(call) : [form.extension]);
    if (named.length === 0) throw new FormError('Name the extension.');
    const moved = await Promise.all(named.map((extension) => this.moveLeg(call, extension, form.state)));
    const others =
      form.state === 'connected' ? liveExtensions(call).filter((extension) => !named.includes(extension)) : [];
    await Promise.all(others.map((extension) => this.moveLeg(call, extension, 'terminated')));
    return { call, outcomes: moved };
  }

  /** The first phone calls a colleague from inside; the caller waits. Matterline should leave such a call alone. */
  async consult(form: ConsultForm): Promise<DeskCall> {
    const waiting = this.find(form.callid);
    if (form.to === form.from) throw new FormError('A phone cannot ask itself.');
    const { name } = this.phone(form.from);
    const call = this.begin({
      extension: form.to,
      number: form.from,
      name,
      group: '',
      did: '',
      state: 'ringing',
      direction: 'inbound',
      form: waiting.form,
      consult_for: waiting.callid,
    });
    await this.moveLeg(call, form.to, 'ringing');
    return call;
  }

  /**
   * Blind: the other phone rings with the same call and the first one lets go. Attended: the call between the two ends, and the other
   * phone has the caller at once; it rings for that moment, so that its agent sees who it is.
   */
  async transfer(form: TransferForm): Promise<DeskCall> {
    const call = this.find(form.callid);
    if (form.to === form.from) throw new FormError('Choose another phone to hand the call to.');
    if (form.kind === 'attended') {
      const asked = this.calls.find((one) => one.consult_for === call.callid && one.ended_s === null);
      if (asked !== undefined) await this.moveLeg(asked, form.to, 'terminated');
    }
    await this.moveLeg(call, form.to, 'ringing');
    if (form.kind === 'attended') await this.moveLeg(call, form.to, 'connected');
    await this.moveLeg(call, form.from, 'terminated');
    return call;
  }

  /** Sends the call record(s) of a call that is over, in the chosen form. */
  async sendRecords(form: CdrForm): Promise<DeskCall> {
    const call = this.find(form.callid);
    const settings = this.needSettings();
    const phones = call.legs.map((leg) => this.phone(leg.extension));
    const answered = phones.find((phone) => wasConnected(call, phone.extension)) ?? phones[0];
    if (answered === undefined) throw new FormError('No phone took part in this call.');
    const bodies = form.form === 'webcdr' ? [webCdr(settings, call, answered)] : jsonCdrs(settings, call, phones);
    const sent: CdrOutcome[] = [];
    for (const body of bodies) {
      const answer = await this.line.send({ path: '/cdr', body, auth: 'basic' });
      sent.push({
        form: form.form,
        sent: body,
        request: answer.request,
        http_status: answer.status,
        plain: answer.problem,
      });
    }
    call.records = [...call.records, ...sent];
    return call;
  }

  find(callid: string): DeskCall {
    const call = this.calls.find((one) => one.callid === callid);
    if (call === undefined) throw new NotFoundError('call');
    return call;
  }

  private begin(form: CallForm & { readonly consult_for?: string }): DeskCall {
    const settings = this.needSettings();
    if (form.number === '') throw new FormError('Type the number of the other side.');
    const call: DeskCall = {
      callid: form.callid ?? `${randomBytes(9).toString('base64url')}@pbx`,
      direction: form.direction,
      number: form.number,
      name: form.name,
      group: form.group,
      did: form.did === '' ? settings.did : form.did,
      form: form.form,
      consult_for: form.consult_for ?? null,
      started_s: Date.now() / 1000,
      connected_s: null,
      ended_s: null,
      legs: [],
      records: [],
    };
    this.calls = [call, ...this.calls].slice(0, CALLS_KEPT);
    return call;
  }

  private async moveLeg(
    call: DeskCall,
    extension: string,
    state: CallState,
  ): Promise<EventOutcome & { extension: string }> {
    const leg = legOf(call, extension);
    leg.state = state;
    const now = Date.now() / 1000;
    if (state === 'connected') call.connected_s ??= now;
    if (call.legs.every((one) => one.state === 'terminated')) call.ended_s ??= now;
    else call.ended_s = null;
    const outcome = await this.tell(call, extension, state);
    leg.outcomes = [outcome, ...leg.outcomes];
    return { ...outcome, extension };
  }

  private async tell(call: DeskCall, extension: string, state: CallState): Promise<EventOutcome> {
    const settings = this.needSettings();
    if (call.form === 'webhook') await this.agentPages.open(extension);
    const before = performance.now();
    const event = callEvent(call.form, settings, call, this.phone(extension), state);
    const answer = await this.line.send(event);
    const body = answer.body as { status?: unknown; reason?: unknown } | null;
    const status = answer.ok && typeof body?.status === 'string' ? body.status : '';
    const reason = typeof body?.reason === 'string' ? body.reason : '';
    return {
      at: answer.at,
      state,
      request: answer.request,
      http_status: answer.status,
      status,
      plain: answer.ok ? plainStatus(status, reason) : answer.problem,
      answer: answer.body,
      sent: event.body,
      pop: answer.ok ? shownPop(answer.body) : null,
      elapsed_ms: Math.round(performance.now() - before),
    };
  }

  /** The extension as the settings list it; an unlisted one (a test's) rings without a name. */
  private phone(extension: string): PbxExtension {
    const listed = this.settings()?.extensions.find((one) => one.extension === extension);
    return listed ?? { extension, name: '', email: '' };
  }

  private needSettings(): PbxSettings {
    const settings = this.settings();
    if (settings === undefined) throw new FormError(PBX_NOT_CONNECTED);
    return settings;
  }
}

function legOf(call: DeskCall, extension: string): CallLeg {
  const known = call.legs.find((leg) => leg.extension === extension);
  if (known !== undefined) return known;
  const leg: CallLeg = { extension, state: 'ringing', outcomes: [] };
  call.legs.push(leg);
  return leg;
}

function liveExtensions(call: DeskCall): readonly string[] {
  return call.legs.filter((leg) => leg.state !== 'terminated').map((leg) => leg.extension);
}

function wasConnected(call: DeskCall, extension: string): boolean {
  const leg = call.legs.find((one) => one.extension === extension);
  return leg?.outcomes.some((outcome) => outcome.state === 'connected') ?? false;
}
