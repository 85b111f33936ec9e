import type { EntityType, IssueCode } from '@matterline/contracts';

/** What another room knows of a matter that tells two causes apart. */
export interface MatterFacts {
  readonly caseType: string | null;
  /** Short code where it is known. */
  readonly state: string | null;
  readonly number: string | null;
  /** Names of people, companies and the matter itself, which Smokeball's words may quote. */
  readonly names: readonly string[];
}

/** One thing that is wrong, as the room found it. */
export interface Trouble {
  readonly code: IssueCode;
  /** Smokeball's own words; may quote client data. */
  readonly detail?: string;
  readonly matterId?: string | null;
  readonly entity?: { readonly type: EntityType; readonly id: string };
  readonly facts?: MatterFacts | null;
  /** Of a delivery: where to, and what it answered. */
  readonly endpointId?: string;
  readonly httpStatus?: number | null;
}
