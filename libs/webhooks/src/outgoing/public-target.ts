import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { ApiError } from '@matterline/platform';

/** Addresses that are not on the public internet (IANA special-purpose registries, RFC 6890). */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],

  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6');

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const CONNECT_TIMEOUT_MS = 5_000;

export function isPublicAddress(address: string): boolean {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped) return isPublicAddress(mapped);
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 6 && /^::ffff:/i.test(address)) return false;
  return !PRIVATE.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** @throws ApiError `target_not_allowed` for an address that could never be allowed; names are judged again when connecting. */
export function requireAllowedTarget(text: string, allowPrivate: boolean): URL {
  const refuse = (why: string) =>
    new ApiError('target_not_allowed', `This address is not allowed: ${why}.`, { hint: 'Use a public https address.' });
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw refuse('it is not an https address');
  if (url.username || url.password) throw refuse('it holds a user name or password');
  if (allowPrivate) return url;
  if (url.protocol !== 'https:') throw refuse('it is not https');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) ? !isPublicAddress(host) : isLocalName(host)) throw refuse('it is not on the public internet');
  return url;
}

function isLocalName(host: string): boolean {
  const name = host.replace(/\.$/, '');
  return !name.includes('.') || /(^|\.)(localhost|local|internal|home\.arpa)$/i.test(name);
}

/** Asks for a name's addresses, all of them; `dns.lookup` has this shape. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * For the `lookup` of a socket: what it answers is what the socket connects to, so the address that was checked is the one that is
 * used, whatever the name says a moment later. One forbidden address among several is enough to refuse.
 */
export function checkedLookup(isAllowed = isPublicAddress, resolve: Resolve = lookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const open = addresses.filter(({ address }) => isAllowed(address));
      if (open.length < addresses.length || open.length === 0)
        return done(new Error('the name leads to a private address'), []);
      done(null, open);
    });
  };
}

/** Connects to public addresses only, unless the operator allows others. A socket asks no lookup for an address in figures: judge those before. */
export function targetAgent(allowPrivate: boolean, addresses = checkedLookup()): Agent {
  return new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS, ...(allowPrivate ? {} : { lookup: addresses }) } });
}
