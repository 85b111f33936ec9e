import { createHash, randomBytes } from 'node:crypto';
import { request } from 'undici';

const PARTNER = { client_id: 'bench', client_secret: 'bench secret', api_key: 'bench key' };
const REDIRECT = 'http://localhost:5555/callback';

/** A partner of the simulated Smokeball that speaks raw HTTP. */
export class Partner {
  readonly clientId = PARTNER.client_id;

  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async connect(url: string, switches: Readonly<Record<string, unknown>>): Promise<Partner> {
    const control = new Partner(url, '');
    await control.control('PATCH', '/switches', switches);
    await control.control('PUT', '/apps', { tenant: 'us', ...PARTNER, redirect_uris: [REDIRECT] });
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: PARTNER.client_id,
      redirect_uri: REDIRECT,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      login_hint: 'tom.jones@harborpine.example',
    });
    const asked = await request(`${url}/us/auth/oauth2/authorize?${query.toString()}`);
    const code = new URL(String(asked.headers['location'])).searchParams.get('code') ?? '';
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: REDIRECT,
      ...PARTNER,
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await request(`${url}/us/auth/oauth2/token`, { method: 'POST', headers, body: form.toString() });
    const { access_token } = (await answer.body.json()) as { readonly access_token: string };
    return new Partner(url, access_token);
  }

  headers(): Record<string, string> {
    return { 'x-api-key': PARTNER.api_key, authorization: `Bearer ${this.token}` };
  }

  async api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    return this.call(method, `/us/api${path}`, body);
  }

  async control(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    return this.call(method, `/_sim${path}`, body);
  }

  private async call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const headers = { ...this.headers(), 'content-type': 'application/json' };
    const answer = await request(`${this.url}${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  }
}
