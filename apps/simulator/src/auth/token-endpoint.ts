import { createHash, timingSafeEqual } from 'node:crypto';
import type { Tenant } from '../model/tenant';
import type { World } from '../world';
import { newRefreshToken, openGrant } from './grants';
import { accessTokenS, clientCredentialsTokenS } from './lifetimes';
import type { AppRecord, GrantRecord } from './records';

export interface TokenAnswer {
  readonly isError: boolean;
  readonly body: Readonly<Record<string, unknown>>;
  readonly clientId: string | null;
}

const ROTATION_GRACE_MS = 60_000;

/** `POST /oauth2/token` (RFC 6749 and 7636, as Cognito does it): three grants, errors always with 400. */
export function answerTokenRequest(
  world: World,
  tenant: Tenant,
  form: URLSearchParams,
  authorization: string | undefined,
): TokenAnswer {
  const grantType = form.get('grant_type');
  if (grantType === null) return refuse('invalid_request', null);
  const app = authenticate(tenant, form, authorization);
  if (app === undefined) return refuse('invalid_client', form.get('client_id'));
  if (grantType === 'authorization_code') return fromCode(world, tenant, form, app);
  if (grantType === 'refresh_token') return fromRefreshToken(world, tenant, form, app);
  if (grantType === 'client_credentials') return fromCredentials(world, tenant, app);
  return refuse('unsupported_grant_type', app.client_id);
}

function fromCode(world: World, tenant: Tenant, form: URLSearchParams, app: AppRecord): TokenAnswer {
  const code = form.get('code');
  if (code === null || form.get('redirect_uri') === null) return refuse('invalid_request', app.client_id);
  const record = tenant.codes.get(code);
  const isUsedUp = !world.isOff('codeOnce');
  // Any exchange burns the code, a failed one too.
  if (isUsedUp) tenant.codes.delete(code);
  const isGood =
    record !== undefined &&
    record.clientId === app.client_id &&
    record.redirectUri === form.get('redirect_uri') &&
    (record.expiresAtMs > world.clock.now() || !isUsedUp) &&
    verifies(record.challenge, form.get('code_verifier'), app);
  if (!isGood) return refuse('invalid_grant', app.client_id);
  const who = { clientId: app.client_id, userId: record.userId, accountId: record.accountId };
  const grant = openGrant(world, tenant, who);
  const expiresIn = accessTokenS(world);
  const scopes = record.scopes === null ? app.scopes : record.scopes.filter((scope) => app.scopes.includes(scope));
  return grantAnswer(app, {
    access_token: world.accessTokens.mint(tenant, grant, scopes, expiresIn),
    refresh_token: grant.refreshToken,
    token_type: 'Bearer',
    expires_in: expiresIn,
  });
}

function fromRefreshToken(world: World, tenant: Tenant, form: URLSearchParams, app: AppRecord): TokenAnswer {
  const token = form.get('refresh_token');
  if (token === null) return refuse('invalid_request', app.client_id);
  const grant = tenant.grants.get(tenant.grantByRefreshToken.get(token) ?? '');
  if (grant === undefined || !isLive(world, grant, token) || grant.clientId !== app.client_id) {
    return refuse('invalid_grant', app.client_id);
  }
  const expiresIn = accessTokenS(world);
  const answer = {
    access_token: world.accessTokens.mint(tenant, grant, app.scopes, expiresIn),
    token_type: 'Bearer',
    expires_in: expiresIn,
  };
  const rotates = world.switches().rotate_refresh_tokens || world.isOff('refreshTokenStays');
  if (!rotates) return grantAnswer(app, answer);
  // Whoever still has the one before, for a minute, gets the same new one: a second new one would end the first.
  if (token !== grant.refreshToken) return grantAnswer(app, { ...answer, refresh_token: grant.refreshToken });
  const refreshToken = newRefreshToken(world);
  tenant.grants.put(grant.id, {
    ...grant,
    refreshToken,
    previousRefreshToken: token,
    previousUntilMs: world.clock.now() + ROTATION_GRACE_MS,
  });
  return grantAnswer(app, { ...answer, refresh_token: refreshToken });
}

function fromCredentials(world: World, tenant: Tenant, app: AppRecord): TokenAnswer {
  if (app.private_accounts === null || app.public) return refuse('unauthorized_client', app.client_id);
  const standing = [...tenant.grants.values()].find(
    (grant) => grant.clientId === app.client_id && grant.userId === null && !grant.revoked,
  );
  const accountId = app.private_accounts.length === 1 ? (app.private_accounts[0] ?? null) : null;
  const grant = standing ?? openGrant(world, tenant, { clientId: app.client_id, userId: null, accountId });
  const expiresIn = clientCredentialsTokenS(world);
  const access_token = world.accessTokens.mint(tenant, grant, app.scopes, expiresIn);
  return grantAnswer(app, { access_token, expires_in: expiresIn, token_type: 'Bearer' });
}

function isLive(world: World, grant: GrantRecord, token: string): boolean {
  if (grant.revoked || grant.refreshExpiresAtMs <= world.clock.now()) return false;
  return token === grant.refreshToken || grant.previousUntilMs > world.clock.now();
}

function verifies(challenge: string | null, verifier: string | null, app: AppRecord): boolean {
  if (challenge === null) return !app.public && verifier === null;
  if (verifier === null) return false;
  return same(challenge, createHash('sha256').update(verifier).digest('base64url'));
}

function authenticate(tenant: Tenant, form: URLSearchParams, authorization: string | undefined): AppRecord | undefined {
  const basic = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const decoded = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString('utf8');
  const colon = decoded?.indexOf(':') ?? -1;
  const clientId = decoded === undefined ? form.get('client_id') : decoded.slice(0, colon);
  const secret = decoded === undefined ? form.get('client_secret') : decoded.slice(colon + 1);
  const app = clientId === null ? undefined : tenant.apps.get(clientId);
  if (app === undefined || (form.get('client_id') ?? clientId) !== clientId) return undefined;
  if (app.public) return app;
  if (app.client_secret === null || secret === null || !same(app.client_secret, secret)) return undefined;
  return app;
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function refuse(error: string, clientId: string | null): TokenAnswer {
  return { isError: true, body: { error }, clientId };
}

function grantAnswer(app: AppRecord, body: Readonly<Record<string, unknown>>): TokenAnswer {
  return { isError: false, body, clientId: app.client_id };
}
