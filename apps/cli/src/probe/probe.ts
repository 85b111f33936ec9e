import type { Environment, Region, SmokeballHosts } from '@matterline/smokeball-client';
import type { TokenFacts } from './credentials/token-facts';
import type { Outcome } from './finding';
import type { Receiver } from './receiver/receiver';
import type { ThrowAway } from './records/throw-away';
import type { SmokeballDoor } from './smokeball/smokeball-door';

/** What a question needs beside a sign-in; without it the question is skipped. */
export type Need = 'write' | 'receiver' | 'throttle' | 'second-sign-in';

/** One open question about Smokeball and how to ask it. */
export interface Probe {
  readonly id: string;
  readonly question: string;
  readonly needs: readonly Need[];
  readonly ask: (place: ProbePlace) => Promise<Outcome>;
}

/** A second application, or another person, in the same firm. */
export interface SecondSignIn {
  readonly smokeball: SmokeballDoor;
  readonly isOtherApplication: boolean;
  readonly isOtherUser: boolean;
}

/** Where a run of the probe stands and what it may use. */
export interface ProbePlace {
  readonly region: Region;
  readonly environment: Environment;
  readonly hosts: SmokeballHosts;
  readonly clientId: string;
  readonly smokeball: SmokeballDoor;
  readonly token: TokenFacts;
  /** Null without `--write`: then nothing may be written. */
  readonly throwAway: ThrowAway | null;
  readonly receiver: Receiver | null;
  readonly second: SecondSignIn | null;
  /** How long to wait for a record to be seen or an event to come. */
  readonly waitMs: number;
  /** How long to wait for another try of a webhook that was refused. */
  readonly retryWaitMs: number;
  readonly signal: AbortSignal;
  /** Progress, for people. */
  readonly say: (text: string) => void;
  /** Null when nobody is there to answer. */
  readonly yesOrNo: (question: string) => Promise<boolean | null>;
}
