import type { IncomingHttpHeaders } from 'node:http';
import type { AppRecord, GrantRecord } from '../auth/records';
import type { Firm } from '../model/firm';
import { SYSTEM_ACCOUNT, type Tenant } from '../model/tenant';
import type { World } from '../world';

export interface Caller {
  readonly app: AppRecord;
  readonly grant: GrantRecord;
  readonly firm: Firm;
  readonly userId: string | null;
  readonly scopes: ReadonlySet<string>;
  /** The path without the account prefix. */
  readonly path: string;
  readonly hasPrefix: boolean;
}

export type CallerOrRefusal =
  | { readonly caller: Caller; readonly status?: undefined }
  | { readonly caller?: undefined; readonly status: 401 | 403; readonly message: string; readonly clientId?: string };

const SCOPE_SETS = new Map<string, ReadonlySet<string>>();
const ACCOUNT_PREFIX = /^\/([0-9a-fA-F]{8}-[0-9a-fA-F-]{27})(\/.*)$/;

/** Who calls: the app by `x-api-key`, the consent by the bearer token, the firm by the consent or the account prefix. */
export function identifyCaller(
  world: World,
  tenant: Tenant,
  headers: IncomingHttpHeaders,
  path: string,
): CallerOrRefusal {
  const apiKey = headers['x-api-key'];
  const trusted = world.isOff('separateTenants') ? world.allTenants() : [tenant];
  const isKnownKey = trusted.some(({ clientByApiKey }) => typeof apiKey === 'string' && clientByApiKey.has(apiKey));
  if (!isKnownKey) return { status: 403, message: 'Forbidden' };
  const token = /^(?:Bearer\s+)?(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  const read = firstOf(trusted, (issuer) => world.accessTokens.read(issuer, token));
  const app = firstOf(trusted, (issuer) => issuer.apps.get(read?.claims.client_id ?? ''));
  if (read === undefined || app === undefined) return { status: 401, message: 'Unauthorized' };
  const { grant, claims } = read;
  const needsPrefix = !world.isOff('accountPrefix');
  const where = accountOf(app, grant, path, needsPrefix);
  const firm = where === undefined ? undefined : tenant.firmOrSystem(where.accountId);
  if (where === undefined || firm === undefined) {
    return { status: 403, message: 'Missing Authentication Token', clientId: app.client_id };
  }
  const asUser = needsPrefix ? headers['userid'] : undefined;
  const userId = grant.userId ?? (typeof asUser === 'string' && asUser !== '' ? asUser : null);
  if (grant.userId === null && userId !== null && firm.users.get(userId) === undefined) {
    return { status: 403, message: 'Forbidden', clientId: app.client_id };
  }
  const scopes = scopeSet(claims.scope);
  return { caller: { app, grant, firm, userId, scopes, path: where.path, hasPrefix: where.hasPrefix } };
}

function accountOf(
  app: AppRecord,
  grant: GrantRecord,
  path: string,
  needsPrefix: boolean,
): { readonly accountId: string; readonly path: string; readonly hasPrefix: boolean } | undefined {
  const accounts = app.private_accounts;
  const match = ACCOUNT_PREFIX.exec(path);
  const named = match?.[1]?.toLowerCase();
  const below = { path: match?.[2] ?? '/', hasPrefix: true };
  // Only a service has a place for what concerns no firm in particular.
  if (grant.userId === null && named === SYSTEM_ACCOUNT) return { accountId: SYSTEM_ACCOUNT, ...below };
  if (grant.userId !== null || accounts === null || accounts.length === 1 || !needsPrefix) {
    const accountId = grant.accountId ?? accounts?.[0];
    return accountId === undefined ? undefined : { accountId, path, hasPrefix: false };
  }
  return named === undefined || !accounts.includes(named) ? undefined : { accountId: named, ...below };
}

function firstOf<T, R>(from: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of from) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function scopeSet(text: string): ReadonlySet<string> {
  const known = SCOPE_SETS.get(text);
  if (known !== undefined) return known;
  const made = new Set(text.split(' '));
  SCOPE_SETS.set(text, made);
  return made;
}
