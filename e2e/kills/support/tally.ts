import { mustCall } from '../../support/http';
import type { Installation } from './installation';
import type { Intake } from './intake';

interface SmokeballFile {
  readonly matterId: string;
  readonly sha256: string | null;
  readonly isUploaded: boolean;
  readonly isCancelled: boolean;
  readonly isDeleted: boolean;
  readonly versions: readonly { readonly sha256: string }[];
}
interface SmokeballRecord {
  readonly id: string;
  readonly externalSystemId?: string | null;
}

/** What stands in the simulated Smokeball of one intake. */
export interface Tally {
  readonly contacts: number;
  readonly matters: number;
  readonly files: number;
  readonly versions: number;
  /** Every version that stands there has the bytes of the document. */
  readonly sameBytes: boolean;
}

export const EXACTLY_ONCE: Tally = { contacts: 1, matters: 1, files: 1, versions: 1, sameBytes: true };

/** Counts in the simulator's own state; never asks Matterline. */
export async function tallyOf(installation: Installation, intake: Intake): Promise<Tally> {
  const state = (await mustCall('GET', `${installation.simulator.url}/_sim/us/state`)) as {
    firms: { contacts: SmokeballRecord[]; matters: SmokeballRecord[]; files: SmokeballFile[] }[];
  };
  const all = <T>(pick: (firm: (typeof state.firms)[number]) => T[]): T[] => state.firms.flatMap(pick);
  const contacts = all((firm) => firm.contacts).filter((one) => one.externalSystemId === intake.clientId);
  const matters = all((firm) => firm.matters).filter((one) => one.externalSystemId === intake.matterId);
  const ids = new Set(matters.map(({ id }) => id));
  const files = all((firm) => firm.files).filter((one) => ids.has(one.matterId));
  const versions = files.flatMap((file) => file.versions);
  return {
    contacts: contacts.length,
    matters: matters.length,
    files: files.length,
    versions: versions.length,
    sameBytes: versions.every(({ sha256 }) => sha256 === intake.file.sha256),
  };
}
