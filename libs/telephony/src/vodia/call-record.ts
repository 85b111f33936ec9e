/** What tells one record of a call from another. `webcdr` sends one a call, `jsons` one a leg, joined by `PrimaryCallID`. */
export interface CallRecordKey {
  readonly form: 'webcdr' | 'jsons';
  /** Empty where the PBX gave none. */
  readonly callId: string;
  readonly legId: string;
  readonly domain: string;
}

const TEXT_MAX = 512;

/** Null for what is no object. */
export function readCallRecord(body: unknown): CallRecordKey | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const given = new Map(
    Object.entries(body).map(([key, value]) => [key.toLowerCase().replace(/[-_]/g, ''), value as unknown]),
  );
  const text = (name: string) => {
    const value = given.get(name);
    if (typeof value === 'number') return String(value);
    return typeof value === 'string'
      ? value
          .replace(/\p{Cc}/gu, '')
          .trim()
          .slice(0, TEXT_MAX)
      : '';
  };
  const primary = text('primarycallid');
  const callId = text('callid');
  if (primary !== '') return { form: 'jsons', callId: primary, legId: callId, domain: text('domain') };
  return { form: 'webcdr', callId, legId: '', domain: text('domain') };
}
