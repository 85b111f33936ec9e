import type { Answer } from '../matterline/answer';
import { callMatterline, type Call } from '../matterline/call-matterline';
import type { PbxRequest } from './call-event';
import type { PbxSettings } from './pbx-settings';

export const PBX_NOT_CONNECTED = 'This PBX is not connected to Matterline yet. Fill in the settings below.';
/** The integration script waits 4 s and not longer: a late pop-up is worse than none. */
const EVENT_TIMEOUT_MS = 4_000;

/** The simulated PBX's way to Matterline: addresses below `/api/v1/vodia/{tenant_id}` with the tenant's key. */
export class PbxLine {
  constructor(private readonly settings: () => PbxSettings | undefined) {}

  /** A call event or a call record. */
  send(request: PbxRequest): Promise<Answer> {
    const body = JSON.stringify(request.body);
    return this.call({ method: 'POST', path: request.path, body, auth: request.auth, timeoutMs: EVENT_TIMEOUT_MS });
  }

  call(call: Omit<Call, 'url'> & { readonly path: string; readonly auth?: PbxRequest['auth'] }): Promise<Answer> {
    const settings = this.settings();
    if (settings === undefined) return Promise.resolve(notConnected());
    const { path, auth, ...rest } = call;
    const json: Record<string, string> = call.body === undefined ? {} : { 'content-type': 'application/json' };
    return callMatterline({
      ...rest,
      url: address(settings, path),
      headers: { ...json, authorization: credentials(settings, auth) },
    });
  }

  /** The absolute address of a path, for a browser window or a stream; undefined before the settings are there. */
  address(path: string): string | undefined {
    const settings = this.settings();
    return settings === undefined ? undefined : address(settings, path);
  }
}

function address(settings: PbxSettings, path: string): string {
  return `${settings.api_url}/api/v1/vodia/${encodeURIComponent(settings.tenant_id)}${path}`;
}

function credentials(settings: PbxSettings, auth: PbxRequest['auth'] = 'bearer'): string {
  if (auth === 'bearer') return `Bearer ${settings.tenant_key}`;
  return `Basic ${Buffer.from(`${settings.tenant_id}:${settings.tenant_key}`).toString('base64')}`;
}

function notConnected(): Answer {
  return { ok: false, status: 0, body: null, problem: PBX_NOT_CONNECTED, request: '', at: new Date().toISOString() };
}
