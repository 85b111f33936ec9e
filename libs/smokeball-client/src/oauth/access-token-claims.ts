import { z } from 'zod';

export interface AccessTokenClaims {
  readonly email?: string;
  readonly username?: string;
  readonly sub?: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Date;
}

const optionalText = z.string().optional().catch(undefined);
const payload = z.object({
  email: optionalText,
  username: optionalText,
  sub: optionalText,
  scope: optionalText,
  exp: z.number().positive().max(8.64e12).optional().catch(undefined),
});

/**
 * What an access token says about itself, for display and for an early warning about missing scopes.
 * The signature is not verified: the token came from Smokeball's own token address over TLS, we are not its audience, and nothing is
 * allowed or denied on what it says. Never use this on a token that somebody else handed us. Garbage gives no claims.
 */
export function readAccessTokenClaims(jwt: string): AccessTokenClaims {
  const read = payload.safeParse(payloadOf(jwt));
  if (!read.success) return { scopes: [] };
  const { scope, exp, ...who } = read.data;
  return {
    ...Object.fromEntries(Object.entries(who).filter(([, value]) => value !== undefined)),
    scopes: (scope ?? '').split(/\s+/).filter((name) => name !== ''),
    ...(exp === undefined ? {} : { expiresAt: new Date(exp * 1_000) }),
  };
}

function payloadOf(jwt: string): unknown {
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
