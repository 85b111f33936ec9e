import { wellFormed } from './well-formed';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const PLACEHOLDER = /\{(\w+)\}/g;
const MAX_ID_LENGTH = 256;

export type RoutePath =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly parameter: string };

/**
 * Fills a route template. Values that could name another address (`..`, empty, overlong) are refused, and so is anything but a UUID where
 * `uuids` names the parameter: a matter number in place of a matter id is a well-known mistake that Smokeball answers with a plain 404.
 */
export function routePath(
  template: string,
  values: Readonly<Record<string, string>> = {},
  uuids: readonly string[] = [],
): RoutePath {
  const names = [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const refused = names.find((name) => !isAcceptable(values[name], uuids.includes(name)));
  if (refused !== undefined) return { ok: false, parameter: refused };
  return {
    ok: true,
    path: template.replace(PLACEHOLDER, (_whole, name: string) => encodeURIComponent(values[name] ?? '')),
  };
}

function isAcceptable(value: string | undefined, mustBeUuid: boolean): boolean {
  if (value === undefined || value.length > MAX_ID_LENGTH || wellFormed(value) !== value) return false;
  if (mustBeUuid) return UUID.test(value);
  return value.trim() !== '' && value !== '.' && value !== '..';
}
