import { createSign, createVerify, generateKeyPairSync, createPublicKey, type JsonWebKey } from 'node:crypto';
import type { Tenant } from '../model/tenant';
import type { Table } from '../store/table';
import type { World } from '../world';
import type { GrantRecord } from './records';

/** What an access token says. `epoch` is the simulator's own: it lets the control plane expire tokens at once. */
export interface AccessClaims {
  readonly sub: string;
  readonly username: string;
  readonly email?: string;
  readonly scope: string;
  readonly client_id: string;
  readonly token_use: 'access';
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly origin_jti: string;
  readonly epoch: number;
}

interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

const KEEP_VERIFIED = 10_000;

/** Mints and reads RS256 access tokens; each tenant has its own key, so no tenant accepts another's tokens. */
export class AccessTokens {
  private readonly keys: Table<KeyPair>;
  private readonly verified = new Map<string, AccessClaims>();

  constructor(private readonly world: World) {
    this.keys = world.database.table<KeyPair>('token-keys');
  }

  mint(tenant: Tenant, grant: GrantRecord, scopes: readonly string[], lifetimeS: number): string {
    const user = userOf(tenant, grant);
    const iat = Math.floor(this.world.clock.now() / 1000);
    const claims: AccessClaims = {
      sub: user?.id ?? grant.clientId,
      username: user?.id ?? grant.clientId,
      email: user?.email,
      scope: scopes.join(' '),
      client_id: grant.clientId,
      token_use: 'access',
      iss: `${this.world.publicUrl}/${tenant.info.name}/auth`,
      iat,
      exp: iat + lifetimeS,
      jti: this.world.random.uuid(),
      origin_jti: grant.id,
      epoch: grant.epoch,
    };
    const head = { kid: tenant.info.name, alg: 'RS256', typ: 'JWT' };
    const unsigned = `${encode(head)}.${encode(claims)}`;
    const signature = createSign('RSA-SHA256').update(unsigned).sign(this.keyPair(tenant).privateKey, 'base64url');
    return `${unsigned}.${signature}`;
  }

  /** The claims and the grant behind a token; undefined when it is forged, expired, revoked or another tenant's. */
  read(tenant: Tenant, token: string): { readonly claims: AccessClaims; readonly grant: GrantRecord } | undefined {
    const claims = this.claimsOf(tenant, token);
    const grant = claims === undefined ? undefined : tenant.grants.get(claims.origin_jti);
    if (claims === undefined || grant === undefined || grant.revoked) return undefined;
    if (claims.epoch !== grant.epoch || claims.exp * 1000 <= this.world.clock.now()) return undefined;
    return { claims, grant };
  }

  /** The tenant's public key, for `/.well-known/jwks.json`. */
  publicKey(tenant: Tenant): JsonWebKey {
    const jwk = createPublicKey(this.keyPair(tenant).publicKey).export({ format: 'jwk' });
    return { ...jwk, kid: tenant.info.name, alg: 'RS256', use: 'sig' };
  }

  private claimsOf(tenant: Tenant, token: string): AccessClaims | undefined {
    const known = this.verified.get(`${tenant.info.name} ${token}`);
    if (known !== undefined) return known;
    const [head, body, signature, ...rest] = token.split('.');
    if (head === undefined || body === undefined || signature === undefined || rest.length > 0) return undefined;
    const pair = this.keys.get(tenant.info.name);
    if (pair === undefined) return undefined;
    const verify = createVerify('RSA-SHA256').update(`${head}.${body}`);
    if (!verify.verify(pair.publicKey, signature, 'base64url')) return undefined;
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as AccessClaims;
    if (this.verified.size > KEEP_VERIFIED) this.verified.clear();
    this.verified.set(`${tenant.info.name} ${token}`, claims);
    return claims;
  }

  private keyPair(tenant: Tenant): KeyPair {
    const name = tenant.info.name;
    return this.keys.get(name) ?? this.keys.put(name, newKeyPair());
  }
}

function newKeyPair(): KeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function userOf(tenant: Tenant, grant: GrantRecord): { readonly id: string; readonly email: string } | undefined {
  if (grant.userId === null || grant.accountId === null) return undefined;
  return tenant.firms.get(grant.accountId)?.users.get(grant.userId);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}
