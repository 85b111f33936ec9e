import { Injectable } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import { OutgoingEvents, type Sighting, Snapshots } from '@matterline/webhooks';
import { Parties } from '../parties';
import { ContactArrival } from './contact-arrival';
import { seenContactFields } from './contact-fields';

export interface Taken {
  readonly isOlder: boolean;
  /** What CaseHug is told of, by name; null when there is nothing to tell. */
  readonly changed: readonly string[] | null;
}

/** A contact that was read because somebody may have changed it: index, link and CaseHug follow, never with an older version. */
@Injectable()
export class ContactSightings {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly parties: Parties,
    private readonly arrival: ContactArrival,
    private readonly events: OutgoingEvents,
  ) {}

  /** @param saysNew whether an event called it new; it is only then when it was not known here. */
  async take(scope: FirmScope, contact: Contact, saysNew: boolean): Promise<Taken> {
    const version = contact.lastUpdated ?? 0n;
    const sight = { kind: 'contact', id: contact.id, version, fields: seenContactFields(contact) } as const;
    const sighting = await this.snapshots.see(scope, sight);
    if (sighting.isOlder) return { isOlder: true, changed: null };
    await this.arrival.index(scope, contact);
    const clientId = await this.parties.byContact(scope, contact.id);
    if (clientId) await this.followLink(scope, clientId, contact);
    const isNew = sighting.isFirst && saysNew && !contact.isDeleted;
    const changed = isNew ? ['created'] : changedOf(sighting, contact);
    if (!sighting.isFirst && changed.length === 0) return { isOlder: false, changed: null };
    await this.events.emit(scope, {
      type: isNew ? 'contact.created' : 'contact.updated',
      matterId: null,
      data: {
        smokeball_matter_id: null,
        client_id: clientId,
        smokeball_contact_id: contact.id,
        changed,
        tags: contact.tags.flatMap((tag) => tag.name ?? []),
      },
      dedupeKey: `contact/${contact.id}/${version}/${sighting.revision}`,
    });
    return { isOlder: false, changed };
  }

  /** Deleted there breaks the link; restored there mends it. Only people in Smokeball do the one or the other. */
  private async followLink(scope: FirmScope, clientId: string, contact: Contact): Promise<void> {
    const link = await this.parties.link(scope, clientId);
    if (contact.isDeleted) {
      if (link?.state === 'broken') return;
      await this.parties.setLink(scope, clientId, { state: 'broken', error_code: 'link_broken' });
      await this.arrival.tellMatters(scope, clientId);
      return;
    }
    if (link?.state === 'broken') await this.arrival.arrived(scope, clientId, contact);
  }
}

/** Empty for a contact that was not known here: nobody can say what changed, unless it is gone. */
function changedOf({ isFirst, changed }: Sighting, contact: Contact): string[] {
  if (isFirst) return contact.isDeleted ? ['deleted'] : [];
  const rest = changed.filter((field) => field !== 'deleted');
  if (rest.length === changed.length) return rest;
  return [contact.isDeleted ? 'deleted' : 'restored', ...rest];
}
