import type { OAuthFailure } from '@matterline/smokeball-client';

/** Where the calls get their token. */
export interface TokenSource {
  accessToken(): Promise<string>;
  /** After a refusal: a fresh one, or null when there is none to be had. */
  renew(): Promise<string | null>;
}

export type RefreshOutcome =
  | { readonly works: true; readonly givesNewRefreshToken: boolean }
  | { readonly works: false; readonly reason: OAuthFailure['reason'] };

/** What is known of a sign-in, beside the token itself. */
export interface TokenFacts {
  readonly kind: 'code' | 'client-credentials';
  /** As the token's own claims or the token answer say it. */
  readonly lifetimeS: number | null;
  /** When the person agreed; the refresh token counts from there. */
  readonly consentedAt: Date | null;
  /** Whether a refresh tells what became of the refresh token: not where the house keeps it to itself. */
  readonly showsRefreshToken: boolean;
  /** Null without a refresh token. */
  readonly refresh: (() => Promise<RefreshOutcome>) | null;
}
