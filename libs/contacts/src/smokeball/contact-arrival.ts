import { Injectable } from '@nestjs/common';
import { Firms, readConnection } from '@matterline/auth';
import { ChangeNotices, type FirmScope } from '@matterline/platform';
import type { Contact, ContactReplacement, ContactWrite } from '@matterline/smokeball-client';
import { Operations } from '@matterline/sync';
import { Snapshots } from '@matterline/webhooks';
import { Parties } from '../parties';
import { PhoneIndex } from '../phone-index';
import { countryOfRegion } from '../phones';
import { ContactReviews } from '../reviews/contact-reviews';
import { type HeldTag, type TagChanges, tagsAfter } from '../tags/tag-changes';
import { contactFields, contactTags } from './contact-fields';
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
    private readonly snapshots: Snapshots,
  ) {}

  /** `seen` is the contact as it stands there; null when only an event vouches for it. */
  async arrived(scope: FirmScope, clientId: string, seen: Contact | null): Promise<void> {
    const party = await this.parties.lock(scope, clientId);
    await this.parties.setLink(scope, clientId, { state: 'confirmed', error_code: null });
    await this.parties.settle(scope, clientId);
    await this.reviews.close(scope, clientId);
    if (seen) await this.index(scope, seen);
    await this.settle(scope, clientId, seen);
    if (party) await this.plans.followUp(scope, party);
    await this.wakeMatters(scope, clientId);
  }

  /** Before or right after a write of ours: what it leaves there is no news when it is seen. */
  async expectWrite(scope: FirmScope, contactId: string, write: ContactWrite | ContactReplacement): Promise<void> {
    await this.snapshots.expect(scope, 'contact', contactId, contactFields(write));
  }

  /** The same for tags that are about to be added and taken off. */
  async expectTags(
    scope: FirmScope,
    contactId: string,
    held: readonly HeldTag[],
    { add, remove }: Pick<TagChanges, 'add' | 'remove'>,
  ): Promise<void> {
    if (add.length + remove.length === 0) return;
    await this.snapshots.expect(scope, 'contact', contactId, { tags: contactTags(tagsAfter(held, { add, remove })) });
  }

  /** Whether anybody can have tagged it: once its tags were seen, they are read before ours join them. */
  async hasSeenTags(scope: FirmScope, contactId: string): Promise<boolean> {
    return await this.snapshots.hasSeen(scope, 'contact', contactId, 'tags');
  }

  async settleTags(scope: FirmScope, contactId: string): Promise<void> {
    await this.snapshots.settle(scope, 'contact', contactId);
  }

  /** Our write did not come through. */
  async giveUpWrite(scope: FirmScope, clientId: string): Promise<void> {
    const contactId = (await this.parties.link(scope, clientId))?.smokeball_contact_id;
    if (contactId) await this.snapshots.giveUp(scope, 'contact', contactId);
  }

  /** What stands there now, by our writes or as found, is what later changes are told against. */
  private async settle(scope: FirmScope, clientId: string, seen: Contact | null): Promise<void> {
    const link = await this.parties.link(scope, clientId);
    if (!link?.smokeball_contact_id) return;
    await this.snapshots.settle(scope, 'contact', link.smokeball_contact_id);
    if (seen?.lastUpdated === undefined) return;
    // Searches leave tags out.
    const fields = { ...contactFields(seen), deleted: String(seen.isDeleted) };
    await this.snapshots.beginAll(scope, [{ kind: 'contact', id: seen.id, version: seen.lastUpdated, fields }]);
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
