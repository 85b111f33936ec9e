import type { FastifyRequest } from 'fastify';

/** Where the simulator is at home: what it calls itself and what it listens on. Both are known once it listens. */
export interface OwnAddress {
  /** `http://localhost:3010` */
  readonly publicUrl: string;
  /** `SIMULATOR_HOST` */
  readonly host: string;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_NAME = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '[::]']);
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Why a call is refused that has no password to show: any page on the Web can send one through the browser of somebody who has the
 * simulator open. A name that was rebound to this machine shows in `Host`, a foreign page in `Origin` or `Sec-Fetch-Site`. Programs
 * send neither of the last two.
 *
 * @returns a sentence for a 403, or undefined when the call is welcome.
 */
export function strangerIn(request: FastifyRequest, own: OwnAddress): string | undefined {
  const { host = '', origin } = request.headers;
  if (!isOwn(hostnameOf(`http://${host}`), own)) {
    return `The Host header must be localhost or the host of SIMULATOR_PUBLIC_URL, not "${host}".`;
  }
  const site = request.headers['sec-fetch-site'];
  const isOwnForm = origin === 'null' && site === 'same-origin';
  if (origin !== undefined && !isOwnForm && !isOwn(hostnameOf(origin), own)) {
    return `Only the simulator's own pages and programs may call this, not a page of ${origin}.`;
  }
  if (site === 'cross-site' && !READS.has(request.method)) {
    return "Only the simulator's own pages and programs may call this, not a page of another site.";
  }
  return undefined;
}

/** As `strangerIn`, and the caller must be on the same machine: for what shows or takes keys. */
export function outsiderIn(request: FastifyRequest, own: OwnAddress): string | undefined {
  return LOOPBACK.has(request.ip) ? strangerIn(request, own) : 'Only from the same machine.';
}

function isOwn(hostname: string, own: OwnAddress): boolean {
  if (LOOPBACK_NAME.test(hostname)) return true;
  const names = [hostnameOf(own.publicUrl), hostnameOf(`http://${bracketed(own.host)}`)];
  return hostname !== '' && !WILDCARDS.has(hostname) && names.includes(hostname);
}

/** Lower-case, an IPv6 address in brackets; empty when it is no address of the Web. */
function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : '';
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
