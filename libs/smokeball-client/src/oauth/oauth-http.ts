import type { Dispatcher } from 'undici';
import { defaultDispatcher } from '../http/default-dispatcher';
import { exchange, type Exchange } from '../http/exchange';
import type { SmokeballHosts } from '../regions';

/** How to reach the OAuth host. */
export interface OAuthHttp {
  readonly dispatcher?: Dispatcher;
  /** Default 15 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Our application's identity. Public clients have no secret. */
export interface OAuthApp {
  readonly hosts: Pick<SmokeballHosts, 'auth'>;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly http?: OAuthHttp;
}

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 256 * 1024;

/** Posts one form with the client id in it and, where there is a secret, Basic authentication. docs/smokeball-api.md#oauth */
export function postOAuthForm(
  app: OAuthApp,
  path: '/oauth2/token' | '/oauth2/revoke',
  form: Readonly<Record<string, string>>,
): Promise<Exchange> {
  const { http, clientId, clientSecret } = app;
  const basic = clientSecret === undefined ? undefined : Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const outgoing = {
    method: 'POST' as const,
    url: `${app.hosts.auth}${path}`,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(basic === undefined ? {} : { authorization: `Basic ${basic}` }),
    },
    body: new URLSearchParams({ ...form, client_id: clientId }).toString(),
  };
  const limits = { timeoutMs: http?.timeoutMs ?? TIMEOUT_MS, maxAnswerBytes: MAX_ANSWER_BYTES, signal: http?.signal };
  return exchange(http?.dispatcher ?? defaultDispatcher(), outgoing, limits);
}
