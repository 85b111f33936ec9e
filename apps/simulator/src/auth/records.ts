/** A partner's OAuth application in one tenant, as `PUT /_sim/apps` registers it. */
export interface AppRecord {
  readonly client_id: string;
  readonly client_secret: string | null;
  readonly api_key: string;
  readonly redirect_uris: readonly string[];
  /** A public client has no secret and must use PKCE. */
  readonly public: boolean;
  readonly scopes: readonly string[];
  /** Only a private app (one firm or a list of firms) may use client credentials. */
  readonly private_accounts: readonly string[] | null;
  readonly logout_uris: readonly string[];
}

/** A standing consent: one user's (or for client credentials nobody's) permission for one app. */
export interface GrantRecord {
  readonly id: string;
  readonly clientId: string;
  /** Null for client credentials. */
  readonly userId: string | null;
  readonly accountId: string | null;
  readonly consentAtMs: number;
  readonly refreshToken: string | null;
  /** The one before, still good until `previousUntilMs` when refresh tokens rotate. */
  readonly previousRefreshToken: string | null;
  readonly previousUntilMs: number;
  readonly refreshExpiresAtMs: number;
  readonly revoked: boolean;
  /** Access tokens of an earlier epoch are expired. */
  readonly epoch: number;
}

export interface CodeRecord {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly userId: string;
  readonly accountId: string;
  readonly challenge: string | null;
  readonly scopes: readonly string[] | null;
  readonly expiresAtMs: number;
}
