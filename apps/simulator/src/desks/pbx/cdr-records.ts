import type { DeskCall } from './desk-call';
import type { PbxExtension, PbxSettings } from './pbx-settings';
import { sipHeader } from './sip-header';

const VERSION = '69.5.3';
const SYSTEM = 'SIMULATED-PBX';
const TRUNK = { TrunkName: 'Simulated trunk', TrunkID: '1', IPAdr: '192.0.2.10' };

/** The `webcdr://` form: one record with everything, at the end of the call. */
export function webCdr(settings: PbxSettings, call: DeskCall, phone: PbxExtension): Readonly<Record<string, unknown>> {
  const end = call.ended_s ?? Date.now() / 1000;
  const { from, to } = ends(settings, call, phone);
  return {
    version: VERSION,
    system: SYSTEM,
    domain: settings.domain,
    callid: call.callid,
    from,
    to,
    extension: phone.extension,
    agent: phone.extension,
    cmc: '',
    comment: '',
    category: '',
    rating: '',
    abandoned: call.connected_s === null && call.direction === 'inbound',
    available: 1,
    start: call.started_s,
    connect: call.connected_s,
    end,
    duration: {
      ivr: 0,
      ring: rounded((call.connected_s ?? end) - call.started_s),
      talk: call.connected_s === null ? 0 : rounded(end - call.connected_s),
      hold: 0,
    },
  };
}

/**
 * The `json://` form: one record per leg, joined by `PrimaryCallID`. Direction is told from the PBX's side of each leg:
 * an outbound call comes *into* the PBX from the extension (`I`) and goes *out* on the trunk (`O`).
 */
export function jsonCdrs(
  settings: PbxSettings,
  call: DeskCall,
  phones: readonly PbxExtension[],
): readonly Readonly<Record<string, unknown>>[] {
  const [first] = phones;
  if (first === undefined) return [];
  const inbound = call.direction === 'inbound';
  const leg = (phone: PbxExtension): Record<string, unknown> => ({
    action: 'call-data-record',
    System: SYSTEM,
    PrimaryCallID: call.callid,
    Type: 'extcall',
    Domain: settings.domain,
    From: ends(settings, call, phone).from,
    To: ends(settings, call, phone).to,
    RemoteParty: call.number,
    LocalParty: phone.extension,
    TimeStart: stamp(call.started_s),
    TimeConnected: call.connected_s === null ? '' : stamp(call.connected_s),
    TimeEnd: stamp(call.ended_s ?? Date.now() / 1000),
  });
  const trunk = { ...leg(first), CallID: `trunk-${call.callid}`, Direction: inbound ? 'I' : 'O', ...TRUNK };
  const extensions = phones.map((phone) => ({
    ...leg(phone),
    CallID: `${phone.extension}-${call.callid}`,
    Direction: inbound ? 'O' : 'I',
    Extension: phone.extension,
    ExtensionName: phone.name,
  }));
  return [trunk, ...extensions];
}

function ends(settings: PbxSettings, call: DeskCall, phone: PbxExtension): { from: string; to: string } {
  const remote = sipHeader(call.number, settings.domain, call.name);
  const own = sipHeader(phone.extension, settings.domain, phone.name);
  return call.direction === 'inbound' ? { from: remote, to: own } : { from: own, to: remote };
}

function rounded(seconds: number): number {
  return Math.max(0, Math.round(seconds));
}

function stamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
