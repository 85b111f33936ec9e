import type { Answer } from '../matterline/answer';
import { callMatterline, type Call } from '../matterline/call-matterline';
import type { CasehugSettings } from './casehug-settings';
import type { DeskMatter, DeskUpload, Sending } from './desk-matter';
import { documentForm } from './document-form';
import { matterPicture } from './matter-picture';
import { signedEvent, type EventWish } from './signed-event';

export const NOT_CONNECTED = 'This desk is not connected to Matterline yet. Fill in the settings below.';

const MATTER_UNKNOWN =
  'Matterline does not know this matter yet. Press "Sync to Smokeball", then send the approval again.';

const EVENT_REFUSED =
  'Matterline refused the event: the signature does not hold, or the firm is unknown. The scheme, the header and the secret must be those that this firm uses.';

/** What the desk tells Matterline, by the service API or as CaseHug's signed events. */
export class CasehugSender {
  constructor(private readonly settings: () => CasehugSettings | undefined) {}

  /** `PUT /api/v1/matters/{id}` with the whole picture; `sync` asks for a sync now. */
  putMatter(matter: DeskMatter, what: string, sync: boolean): Promise<Sending> {
    return this.rest(what, {
      method: 'PUT',
      path: `/api/v1/matters/${encodeURIComponent(matter.id)}${sync ? '?sync=true' : ''}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(matterPicture(matter)),
    });
  }

  /** `POST /api/v1/matters/{id}/documents`: the bytes with the attorney's decision. */
  async postDocument(matter: DeskMatter, upload: DeskUpload, bytes: Buffer, what: string): Promise<Sending> {
    const sending = await this.rest(what, {
      method: 'POST',
      path: `/api/v1/matters/${encodeURIComponent(matter.id)}/documents`,
      headers: { 'idempotency-key': upload.decision_key },
      body: documentForm(upload, bytes),
    });
    return sending.status === 404 ? { ...sending, problem: MATTER_UNKNOWN } : sending;
  }

  /** `POST /api/v1/integrations/casehug/events`: one signed event, as CaseHug's webhooks send it. */
  async event(wish: EventWish): Promise<Sending> {
    const what = `Event ${wish.type} (${wish.scheme})`;
    const settings = this.settings();
    if (settings === undefined) return sendingOf(what, 'event', noAnswer());
    const { body, signature } = signedEvent(settings, wish, Date.now());
    const header = settings.signature_header.toLowerCase();
    const answer = await callMatterline({
      method: 'POST',
      url: `${settings.api_url}/api/v1/integrations/casehug/events`,
      headers: { 'content-type': 'application/json', ...(signature === null ? {} : { [header]: signature }) },
      body,
    });
    return sendingOf(what, 'event', answer, { header: settings.signature_header, signature, body });
  }

  /** A read of the service API, for the states that the page shows. */
  read(path: string): Promise<Answer> {
    return this.call({ method: 'GET', path });
  }

  call(call: Omit<Call, 'url'> & { readonly path: string }): Promise<Answer> {
    const settings = this.settings();
    if (settings === undefined) return Promise.resolve(noAnswer());
    const headers = { ...call.headers, 'x-api-key': settings.api_key, 'x-casehug-firm-id': settings.firm_id };
    return callMatterline({ ...call, url: settings.api_url + call.path, headers });
  }

  private async rest(what: string, call: Omit<Call, 'url'> & { readonly path: string }): Promise<Sending> {
    return sendingOf(what, 'rest', await this.call(call));
  }
}

function sendingOf(what: string, how: Sending['how'], answer: Answer, sent: Sending['sent'] = null): Sending {
  const { at, request, status, ok, problem, body } = answer;
  const { code, hint } = refusalOf(ok ? null : body);
  // An event without a good signature is refused with the same words whatever was wrong, so the general advice about keys would mislead.
  const plain = how === 'event' && status === 401 ? EVENT_REFUSED : problem;
  return { at, what, how, request, status, ok, problem: plain, code, hint, answer: body, sent };
}

function refusalOf(body: unknown): { readonly code: string; readonly hint: string } {
  const error = (
    body as { readonly error?: { readonly code?: unknown; readonly hint?: unknown; readonly details?: unknown } } | null
  )?.error;
  const hint = error?.hint ?? (error?.details as { readonly hint?: unknown } | undefined)?.hint;
  return { code: typeof error?.code === 'string' ? error.code : '', hint: typeof hint === 'string' ? hint : '' };
}

function noAnswer(): Answer {
  return { ok: false, status: 0, body: null, problem: NOT_CONNECTED, request: '', at: new Date().toISOString() };
}
