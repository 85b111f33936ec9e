import { Injectable } from '@nestjs/common';
import type { Party } from '@matterline/contracts';
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
    const party = await this.parties.lock(scope, clientId);
    await this.parties.setLink(scope, clientId, { state: 'confirmed', error_code: null });
    await this.index(scope, contact);
    if (party) await this.followEdits(scope, party);
    await this.wakeMatters(scope, clientId);
  }

  async index(scope: FirmScope, contact: Contact): Promise<void> {
    const connection = await readConnection(scope);
    if (!connection?.account_id) return;
    const { region } = await this.firms.read(scope);
    await this.phoneIndex.put(scope, connection.account_id, contact, COUNTRY_OF[region]);
  }

  /** What CaseHug changed while the push was under way. */
  private async followEdits(scope: FirmScope, party: Party): Promise<void> {
    const sent = (await this.parties.link(scope, party.id))?.sent_hash;
    const { settings } = await this.firms.read(scope);
    if (!settings.auto_sync_updates || !sent || sent.equals(this.parties.digest(scope.firmId, party))) return;
    const [matterId] = await this.parties.mattersOf(scope, party.id);
    await this.operations.enqueue(scope, {
      kind: 'contact.update',
      subject: `contact:${party.id}`,
      matterId: matterId ?? null,
      entityType: 'contact',
      entityId: party.id,
      trigger: 'auto',
    });
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
