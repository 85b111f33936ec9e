import { z } from 'zod';
import type { Exchange } from '../http/exchange';
import { shorten } from '../http/problem-text';
import type { OAuthFailure, OAuthFailureReason, OAuthResult } from './oauth-result';

/** What the documents promise where an answer does not say. */
const DOCUMENTED_LIFETIME_S = 3_600;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive().nullish().catch(undefined),
  scope: z.string().nullish().catch(undefined),
});

const errorAnswer = z.object({ error: z.string(), error_description: z.string().nullish().catch(undefined) });

const OAUTH_ERRORS = [
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_request',
] as const satisfies readonly OAuthFailureReason[];

/** Reads an answer of the token address. Never quotes tokens. */
export function readTokenAnswer(answer: Exchange): OAuthResult {
  if (!answer.ok || answer.status < 200 || answer.status >= 300) return oauthFailure(answer);
  const read = tokenAnswer.safeParse(jsonOf(answer.body));
  if (!read.success) {
    return { ok: false, reason: 'unexpected', status: answer.status, detail: 'The answer holds no access token' };
  }
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresInS, scope } = read.data;
  return {
    ok: true,
    tokens: {
      accessToken,
      ...(refreshToken ? { refreshToken } : {}),
      expiresInS: expiresInS ?? DOCUMENTED_LIFETIME_S,
      ...(scope ? { scope } : {}),
    },
  };
}

/** Why the OAuth host did not do what was asked. */
export function oauthFailure(answer: Exchange): OAuthFailure {
  if (!answer.ok) {
    const { status, cause } = answer;
    return { ok: false, reason: 'unreachable', ...(status === null ? {} : { status }), detail: cause };
  }
  const { status } = answer;
  if (status === 429 || status >= 500) return { ok: false, reason: 'unreachable', status };
  const read = errorAnswer.safeParse(jsonOf(answer.body));
  if (!read.success) return { ok: false, reason: status === 401 ? 'invalid_client' : 'unexpected', status };
  const { error, error_description: description } = read.data;
  const reason = OAUTH_ERRORS.find((known) => known === error) ?? 'unexpected';
  return { ok: false, reason, status, detail: shorten(description ? `${error}: ${description}` : error) };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
