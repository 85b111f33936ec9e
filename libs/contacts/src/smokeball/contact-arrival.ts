import { Injectable } from '@nestjs/common';
import { Firms, readConnection } from '@matterline/auth';
import { ChangeNotices, type FirmScope } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import { Operations } from '@matterline/sync';
import { Parties } from '../parties';
import { PhoneIndex } from '../phone-index';
import { countryOfRegion } from '../phones';
import { ContactReviews } from '../reviews/contact-reviews';
import { ContactPlans } from './contact-plans';

/** What follows once a party's contact is known to stand in Smokeball. */
@Injectable()
export class ContactArrival {
  constructor(
    private readonly parties: Parties,
    private readonly phoneIndex: PhoneIndex,
    private readonly operations: Operations,
    private readonly firms: Firms,
    private readonly changes: ChangeNotices,
    private readonly plans: ContactPlans,
    private readonly reviews: ContactReviews,
  ) {}

  /** `seen` is the contact as it stands there; null when only an event vouches for it. */
  async arrived(scope: FirmScope, clientId: string, seen: Contact | null): Promise<void> {
    const party = await this.parties.lock(scope, clientId);
    await this.parties.setLink(scope, clientId, { state: 'confirmed', error_code: null });
    await this.parties.settle(scope, clientId);
    await this.reviews.close(scope, clientId);
    if (seen) await this.index(scope, seen);
    if (party) await this.plans.followUp(scope, party);
    await this.wakeMatters(scope, clientId);
  }

  async index(scope: FirmScope, contact: Contact): Promise<void> {
    const connection = await readConnection(scope);
    if (!connection?.account_id) return;
    const { region } = await this.firms.read(scope);
    await this.phoneIndex.put(scope, connection.account_id, contact, countryOfRegion(region));
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
