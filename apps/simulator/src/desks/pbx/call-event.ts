import type { CallForm, CallState, DeskCall } from './desk-call';
import type { PbxExtension, PbxSettings } from './pbx-settings';
import { sipHeader } from './sip-header';

const WEBHOOK_PATHS: Readonly<Record<CallState, string>> = {
  ringing: 'newcall',
  connected: 'connect',
  terminated: 'call',
};

/** A request to Matterline: path below `/api/v1/vodia/{tenant_id}`, its JSON body, and how it is signed in. */
export interface PbxRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly auth: 'bearer' | 'basic';
}

/** The event of one phone in the form the call was made with. */
export function callEvent(
  form: CallForm,
  settings: PbxSettings,
  call: DeskCall,
  phone: PbxExtension,
  state: CallState,
): PbxRequest {
  return form === 'script' ? scriptEvent(settings, call, phone, state) : webhookEvent(settings, call, phone, state);
}

/** What the integration script posts to `call-events`, with every member that the contract prints. */
function scriptEvent(settings: PbxSettings, call: DeskCall, phone: PbxExtension, state: CallState): PbxRequest {
  const { from, to } = ends(settings, call, phone);
  return {
    path: '/call-events',
    auth: 'bearer',
    body: {
      domain: settings.domain,
      callid: call.callid,
      state,
      direction: call.direction,
      from,
      to,
      from_name: call.direction === 'inbound' ? call.name : phone.name,
      to_name: call.direction === 'inbound' ? phone.name : call.name,
      extension: phone.extension,
      email: phone.email,
      group: call.group,
      did: call.did,
      start: call.started_s,
      source: 'script',
      v: 1,
    },
  };
}

/**
 * What a webhook of the account posts: its path names the event, its query the extension (written into the address by hand),
 * and the body holds the variables `{from}`, `{from-display}`, `{to}` and `{call_id}`.
 */
function webhookEvent(settings: PbxSettings, call: DeskCall, phone: PbxExtension, state: CallState): PbxRequest {
  const { from, to } = ends(settings, call, phone);
  return {
    path: `/webhook/${WEBHOOK_PATHS[state]}?extension=${encodeURIComponent(phone.extension)}`,
    auth: 'basic',
    body: {
      domain: settings.domain,
      from,
      display: call.direction === 'inbound' ? call.name : phone.name,
      to,
      call_id: call.callid,
    },
  };
}

function ends(settings: PbxSettings, call: DeskCall, phone: PbxExtension): { from: string; to: string } {
  const remote = sipHeader(call.number, settings.domain, call.name);
  const own = sipHeader(phone.extension, settings.domain, phone.name);
  return call.direction === 'inbound' ? { from: remote, to: own } : { from: own, to: remote };
}
