/** One end of a call as a PBX writes it. */
export interface SipAddress {
  /** Display name, without quotes; empty where there is none. */
  readonly name: string;
  /** What stands before `@`: a number, an extension, a star code, or a word such as `anonymous`. */
  readonly user: string;
  readonly host: string;
}

const HEADER = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]*)>/;
const URI = /^\s*(?:sips?|tels?|callto):(.*)$/i;

/** Reads a bare number, a SIP or tel URI, or a whole SIP header such as `"Tom" <sip:504@law.example.com>;tag=1` (RFC 3261, section 20). */
export function readSipAddress(text: string): SipAddress {
  const header = HEADER.exec(text);
  if (!header) return { name: '', ...readUri(text) };
  const name = plain((header[1] ?? header[2] ?? '').replace(/\\(.)/g, '$1'));
  return { name, ...readUri(header[3] ?? '') };
}

function readUri(text: string): { readonly user: string; readonly host: string } {
  const scheme = URI.exec(text);
  const rest = (scheme?.[1] ?? text).trim();
  const at = rest.lastIndexOf('@');
  if (at < 0) return { user: decoded(scheme ? withoutParameters(rest) : rest), host: '' };
  const host = withoutParameters(rest.slice(at + 1)).replace(/:\d+$/, '');
  return { user: decoded(withoutParameters(rest.slice(0, at))), host: host.trim().toLowerCase() };
}

const withoutParameters = (text: string) => text.split(/[;?]/, 1)[0] ?? '';

/** Percent signs decoded; control characters go, whichever way they were written. */
function decoded(text: string): string {
  try {
    return plain(decodeURIComponent(text));
  } catch {
    return plain(text);
  }
}

const plain = (text: string) => text.replace(/\p{Cc}/gu, '').trim();
