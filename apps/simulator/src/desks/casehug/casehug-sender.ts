import type { Answer } from '../matterline/answer';
import { callMatterline, type Call } from '../matterline/call-matterline';
import { newId } from '../new-id';
import type { CasehugSettings } from './casehug-settings';
import type { DeskMatter, DeskUpload, Sending } from './desk-matter';
import { documentForm } from './document-form';
import type { CasehugEventType } from './event-payload';
import { matterPicture } from './matter-picture';
import { signEvent, type SignatureScheme } from './sign-event';

export const NOT_CONNECTED = 'This desk is not connected to Matterline yet. Fill in the settings below.';

const MATTER_UNKNOWN =
  'Matterline does not know this matter yet. Press "Sync to Smokeball", then send the approval again.';

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
  async event(
    type: CasehugEventType,
    data: Readonly<Record<string, unknown>>,
    scheme: SignatureScheme,
  ): Promise<Sending> {
    const settings = this.settings();
    if (settings === undefined) return notConnected(`Event ${type}`, 'event');
    const now = Date.now();
    const envelope = {
      id: newId('evt', now),
      type,
      created_at: new Date(now).toISOString(),
      firm_id: settings.firm_id,
      data,
    };
    const body = JSON.stringify(envelope);
    const answer = await callMatterline({
      method: 'POST',
      url: `${settings.api_url}/api/v1/integrations/casehug/events`,
      headers: {
        'content-type': 'application/json',
        [settings.signature_header.toLowerCase()]: signEvent(scheme, settings.webhook_secret, body, now),
      },
      body,
    });
    return sendingOf(`Event ${type} (${scheme})`, 'event', answer);
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

function sendingOf(what: string, how: Sending['how'], answer: Answer): Sending {
  const { at, request, status, ok, problem } = answer;
  return { at, what, how, request, status, ok, problem };
}

function noAnswer(): Answer {
  return { ok: false, status: 0, body: null, problem: NOT_CONNECTED, request: '', at: new Date().toISOString() };
}

function notConnected(what: string, how: Sending['how']): Sending {
  return sendingOf(what, how, noAnswer());
}
