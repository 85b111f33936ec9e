import { createHash } from 'node:crypto';
import { Agent } from 'undici';
import { hang, json, reset, startFakeServer, type FakeAnswer, type FakeServer } from '../testing/fake-server';
import { readAccessTokenClaims } from './access-token-claims';
import { buildAuthorizeUrl } from './authorize-url';
import { exchangeCode } from './exchange-code';
import type { OAuthFailureReason } from './oauth-result';
import { createPkce } from './pkce';
import { refreshTokens } from './refresh-tokens';
import { revokeToken } from './revoke-token';

const dispatcher = new Agent();
let server: FakeServer;

beforeEach(async () => {
  server = await startFakeServer();
});

afterEach(() => server.close());
afterAll(() => dispatcher.destroy());

function app(secret?: string) {
  return {
    hosts: { auth: server.url },
    clientId: 'client-1',
    clientSecret: secret,
    http: { dispatcher },
  };
}

describe('buildAuthorizeUrl', () => {
  it('asks for a code with PKCE and never for scopes', () => {
    const url = new URL(
      buildAuthorizeUrl({
        hosts: { auth: 'https://auth.smokeball.com' },
        clientId: 'c',
        redirectUri: 'https://us.example/cb?x=1&y=2',
        state: 's+t/ä',
        codeChallenge: 'ch',
      }),
    );
    expect(url.origin + url.pathname).toBe('https://auth.smokeball.com/oauth2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'c',
      redirect_uri: 'https://us.example/cb?x=1&y=2',
      state: 's+t/ä',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    });
  });
});

describe('createPkce', () => {
  it('makes a new verifier each time, whose challenge is its SHA-256', () => {
    const pkce = createPkce();
    expect(pkce.verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(pkce.challenge).toBe(createHash('sha256').update(pkce.verifier).digest('base64url'));
    expect(createPkce().verifier).not.toBe(pkce.verifier);
  });
});

describe('exchangeCode', () => {
  const code = { redirectUri: 'http://localhost/cb', code: 'abc', codeVerifier: 'verifier' };

  it('sends a form with Basic authentication', async () => {
    server.answer(json(200, { access_token: 'a', refresh_token: 'r', expires_in: 3600, token_type: 'Bearer' }));
    const result = await exchangeCode({ ...app('s3cret'), ...code });
    expect(result).toEqual({ ok: true, tokens: { accessToken: 'a', refreshToken: 'r', expiresInS: 3_600 } });
    const [request] = server.seen;
    expect(request?.url).toBe('/oauth2/token');
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('client-1:s3cret').toString('base64')}`);
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'authorization_code',
      client_id: 'client-1',
      redirect_uri: 'http://localhost/cb',
      code: 'abc',
      code_verifier: 'verifier',
    });
  });

  it('sends no authentication for a public client', async () => {
    server.answer(json(200, { access_token: 'a', expires_in: 60 }));
    await exchangeCode({ ...app(), ...code });
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });
});

describe('refreshTokens', () => {
  it.each<[string, object, object]>([
    ['no new refresh token', { access_token: 'a', expires_in: 21600 }, { accessToken: 'a', expiresInS: 21_600 }],
    [
      'a rotated one',
      { access_token: 'a', refresh_token: 'r2', expires_in: 60, scope: 'x y' },
      { accessToken: 'a', refreshToken: 'r2', expiresInS: 60, scope: 'x y' },
    ],
    ['null for none', { access_token: 'a', refresh_token: null, expires_in: 60 }, { accessToken: 'a', expiresInS: 60 }],
    ['no lifetime', { access_token: 'a' }, { accessToken: 'a', expiresInS: 3_600 }],
    ['a lifetime as text', { access_token: 'a', expires_in: '120' }, { accessToken: 'a', expiresInS: 120 }],
    [
      'a lifetime that makes no sense',
      { access_token: 'a', expires_in: 'soon' },
      { accessToken: 'a', expiresInS: 3_600 },
    ],
  ])('reads %s', async (_name, body, tokens) => {
    server.answer(json(200, body));
    expect(await refreshTokens({ ...app('s'), refreshToken: 'r1' })).toEqual({ ok: true, tokens });
    expect(server.seen[0]?.body).toBe('grant_type=refresh_token&refresh_token=r1&client_id=client-1');
  });

  const failures: readonly [string, FakeAnswer, OAuthFailureReason][] = [
    ['a dead token', json(400, { error: 'invalid_grant' }), 'invalid_grant'],
    ['a wrong secret', json(400, { error: 'invalid_client' }), 'invalid_client'],
    ['a wrong secret without a word', json(401, ''), 'invalid_client'],
    ['the wrong kind of app', json(400, { error: 'unauthorized_client' }), 'unauthorized_client'],
    ['the wrong grant', json(400, { error: 'unsupported_grant_type' }), 'unsupported_grant_type'],
    ['a bad request', json(400, { error: 'invalid_request' }), 'invalid_request'],
    ['a word nobody knows', json(400, { error: 'teapot' }), 'unexpected'],
    ['a page', json(404, '<html>'), 'unexpected'],
    ['success without a token', json(200, { expires_in: 1 }), 'unexpected'],
    ['success that is no JSON', json(200, 'ok'), 'unexpected'],
    ['a redirect', json(302, '', { location: '/login' }), 'unexpected'],
    ['a server error that looks like a refusal', json(503, { error: 'invalid_grant' }), 'unreachable'],
    ['too many requests', json(429, ''), 'unreachable'],
    ['reset', reset, 'unreachable'],
  ];
  it.each(failures)('reports %s', async (_name, answer, reason) => {
    server.answer(answer);
    const result = await refreshTokens({ ...app('s'), refreshToken: 'r1' });
    expect(result).toMatchObject({ ok: false, reason });
    expect(JSON.stringify(result)).not.toContain('r1');
    expect(server.seen).toHaveLength(1);
  });

  it('reports silence', async () => {
    server.answer(hang);
    const result = await refreshTokens({ ...app('s'), http: { dispatcher, timeoutMs: 50 }, refreshToken: 'r1' });
    expect(result).toEqual({ ok: false, reason: 'unreachable', detail: 'timeout' });
  });

  it('keeps what the answer explains', async () => {
    server.answer(json(400, { error: 'invalid_grant', error_description: 'Refresh Token has expired' }));
    expect(await refreshTokens({ ...app('s'), refreshToken: 'r1' })).toEqual({
      ok: false,
      reason: 'invalid_grant',
      status: 400,
      detail: 'invalid_grant: Refresh Token has expired',
    });
  });
});

describe('revokeToken', () => {
  it('tries', async () => {
    server.answer(json(200, ''));
    expect(await revokeToken({ ...app('s'), refreshToken: 'r1' })).toEqual({ ok: true });
    expect(server.seen[0]).toMatchObject({ url: '/oauth2/revoke', body: 'token=r1&client_id=client-1' });
  });

  it('says when it could not', async () => {
    server.answer(json(404, ''));
    expect(await revokeToken({ ...app('s'), refreshToken: 'r1' })).toMatchObject({ ok: false, status: 404 });
  });
});

describe('readAccessTokenClaims', () => {
  const jwt = (payload: unknown): string =>
    `h.${Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString('base64url')}.s`;

  it('reads who, what and until when', () => {
    const token = jwt({
      email: 'e',
      username: 'u',
      sub: 's',
      scope: 'matters/read  contacts/write',
      exp: 1_767_225_600,
    });
    expect(readAccessTokenClaims(token)).toEqual({
      email: 'e',
      username: 'u',
      sub: 's',
      scopes: ['matters/read', 'contacts/write'],
      expiresAt: new Date('2026-01-01T00:00:00Z'),
    });
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['one part', 'abc'],
    ['a payload that is no JSON', jwt('x')],
    ['a payload that is null', jwt(null)],
    ['members of the wrong kind', jwt({ email: 1, scope: ['a'], exp: 'never' })],
    ['a moment beyond all dates', jwt({ exp: 1e300 })],
  ])('gives no claims for %s', (_name, token) => {
    expect(readAccessTokenClaims(token)).toEqual({ scopes: [] });
  });
});
