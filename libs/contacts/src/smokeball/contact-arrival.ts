import { Injectable } from '@nestjs/common';
import { Firms, readConnection } from '@matterline/auth';
import { ChangeNotices, type FirmScope } from '@matterline/platform';
import type { Contact, Region } from '@matterline/smokeball-client';
import { Operations } from '@matterline/sync';
import { Parties } from '../parties';
import { PhoneIndex } from '../phone-index';

export const COUNTRY_OF: Readonly<Record<Region, 'US' | 'AU' | 'GB'>> = { us: 'US', au: 'AU', uk: 'GB' };

/** What follows once a party's contact is known to stand in Smokeball. */
@Injectable()
export class ContactArrival {
  constructor(
    private readonly parties: Parties,
    private readonly phoneIndex: PhoneIndex,
    private readonly operations: Operations,
    private readonly firms: Firms,
    private readonly changes: ChangeNotices,
  ) {}

  async arrived(scope: FirmScope, clientId: string, contact: Contact): Promise<void> {
    await this.parties.setLink(scope, clientId, { state: 'confirmed', error_code: null });
    await this.index(scope, contact);
    await this.wakeMatters(scope, clientId);
  }

  async index(scope: FirmScope, contact: Contact): Promise<void> {
    const connection = await readConnection(scope);
    if (!connection?.account_id) return;
    const { region } = await this.firms.read(scope);
    await this.phoneIndex.put(scope, connection.account_id, contact, COUNTRY_OF[region]);
  }

  /** The party's matters go on. */
  private async wakeMatters(scope: FirmScope, clientId: string): Promise<void> {
    const matterIds = await this.tellMatters(scope, clientId);
    for (const id of matterIds) await this.operations.resumeHeld(scope, ['contact_failed'], id);
  }

  /** What waits in the party's matters is looked at now, if only to say that it cannot go on. */
  async tellMatters(scope: FirmScope, clientId: string): Promise<string[]> {
    const matterIds = await this.parties.mattersOf(scope, clientId);
    await this.operations.wakeMatters(scope, matterIds);
    for (const id of matterIds) await this.changes.announce(scope, { kind: 'matter', id });
    return matterIds;
  }
}
