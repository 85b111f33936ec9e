import type { Environment, RateGate, Region, SmokeballHosts } from '@matterline/smokeball-client';
import type { TokenFacts, TokenSource } from './token-facts';

/** Everything that a sign-in gives to a run. */
export interface SignedIn {
  readonly region: Region;
  readonly environment: Environment;
  readonly hosts: SmokeballHosts;
  readonly clientId: string;
  readonly apiKey: string;
  readonly tokens: TokenSource;
  readonly facts: TokenFacts;
  /** In whose name calls are counted. */
  readonly firmId: string;
  /** The gate that running servers share; absent without a database. */
  readonly gate?: RateGate;
  close(): Promise<void>;
}
