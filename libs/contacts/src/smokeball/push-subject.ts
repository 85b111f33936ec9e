import { Injectable } from '@nestjs/common';
import type { Party } from '@matterline/contracts';
import { Firms, readConnection } from '@matterline/auth';
import type { FirmScope } from '@matterline/platform';
import type { Region } from '@matterline/smokeball-client';
import { type ContactLink, Parties } from '../parties';

/** Whom an operation is about, and where they belong. */
export interface PushSubject {
  readonly party: Party;
  readonly link: ContactLink | null;
  readonly region: Region;
  readonly accountId: string;
}

@Injectable()
export class PushSubjects {
  constructor(
    private readonly parties: Parties,
    private readonly firms: Firms,
  ) {}

  async read(scope: FirmScope, clientId: string): Promise<PushSubject | null> {
    const party = await this.parties.get(scope, clientId);
    const connection = await readConnection(scope);
    if (!party || !connection?.account_id) return null;
    const { region } = await this.firms.read(scope);
    return { party, link: await this.parties.link(scope, clientId), region, accountId: connection.account_id };
  }
}
