import { SESSION_COOKIE } from '@matterline/auth';
import type { RouteDescription } from './route-description';
import type { WalkedRoute } from './route-walk';

/** How callers prove who they are. */
export const SECURITY_SCHEMES = {
  api_key: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Api-Key',
    description: 'A key of CaseHug’s services (`ml_live_…`); the scopes that a route needs stand beside it.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description: 'The console’s session. The role decides which scopes it has.',
  },
  csrf: {
    type: 'apiKey',
    in: 'header',
    name: 'X-CSRF-Token',
    description: 'The value of the `csrf` cookie; with the session, on everything but reading.',
  },
  tenant_bearer: { type: 'http', scheme: 'bearer', description: 'The tenant key of a PBX.' },
  tenant_basic: { type: 'http', scheme: 'basic', description: 'The tenant’s id and its key.' },
  user_token: {
    type: 'apiKey',
    in: 'query',
    name: 't',
    description: 'A token of one extension, good for one hour; never logged.',
  },
  casehug_signature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-CaseHug-Signature',
    description: 'An HMAC-SHA-256 of the body. Name and scheme are settings of the firm.',
  },
  smokeball_signature: {
    type: 'apiKey',
    in: 'header',
    name: 'Signature',
    description: 'An HMAC-SHA-256 of `Timestamp|RequestId|ClientId`, keyed with the subscription’s key.',
  },
  metrics_token: { type: 'http', scheme: 'bearer', description: 'METRICS_TOKEN, where one is set.' },
} as const;

export type SecurityScheme = keyof typeof SECURITY_SCHEMES;

type Requirement = Readonly<Partial<Record<SecurityScheme, readonly string[]>>>;

const READS = new Set(['get', 'options']);

/** Who may call a route: any one of these, all members of one together. None at all: everybody. */
export function securityOf(
  { method, policy }: WalkedRoute,
  { security = [] }: RouteDescription,
): readonly Requirement[] {
  const allow = policy?.allow ?? { open: 'nobody gets in' };
  if ('open' in allow) return [];
  if ('elsewhere' in allow) return security.map((name) => ({ [name]: [] }));
  const csrf = READS.has(method) ? {} : { csrf: [] };
  if ('scope' in allow) return [{ api_key: [allow.scope] }, { session: [allow.scope], ...csrf }];
  return [{ session: 'role' in allow ? [allow.role] : [], ...csrf }];
}
