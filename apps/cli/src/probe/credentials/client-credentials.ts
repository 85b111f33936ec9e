import type { OAuthResult, SmokeballHosts } from '@matterline/smokeball-client';
import { request } from 'undici';
import { z } from 'zod';
import type { Application } from './application';

const TIMEOUT_MS = 15_000;
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().catch(3_600) });
const errorAnswer = z.object({ error: z.enum(['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'invalid_request', 'invalid_grant']) }); // prettier-ignore

/** The token of a firm's private application: no person, no browser. Source: docs/smokeball-api.md#oauth */
export async function clientCredentialsToken(hosts: SmokeballHosts, application: Application): Promise<OAuthResult> {
  const { clientId, clientSecret = '' } = application;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  try {
    const answer = await request(`${hosts.auth}/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId }).toString(),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = JSON.parse(await answer.body.text());
    const read = tokenAnswer.safeParse(body);
    if (read.success) {
      return { ok: true, tokens: { accessToken: read.data.access_token, expiresInS: read.data.expires_in } };
    }
    const error = errorAnswer.safeParse(body);
    return { ok: false, reason: error.success ? error.data.error : 'unexpected', status: answer.statusCode };
  } catch (error) {
    return { ok: false, reason: error instanceof SyntaxError ? 'unexpected' : 'unreachable' };
  }
}
