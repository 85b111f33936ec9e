import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SmokeballAccess } from '@matterline/auth';
import { Database, type FirmScope } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import {
  type EventEffect,
  EventHandlers,
  EventNotYet,
  OutgoingEvents,
  type SmokeballEvent,
} from '@matterline/webhooks';
import { Parties } from '../parties';
import { ContactArrival } from './contact-arrival';

const TYPES = ['contact.created', 'contact.updated', 'contact.deleted', 'contact.restored'];

/** Contacts changed in Smokeball: the record is read again, the phone index follows, CaseHug is told of people's changes. */
@Injectable()
export class ContactEvents implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly access: SmokeballAccess,
    private readonly database: Database,
    private readonly parties: Parties,
    private readonly arrival: ContactArrival,
    private readonly events: OutgoingEvents,
  ) {}

  onModuleInit(): void {
    this.handlers.onSmokeball(TYPES, (event) => this.handle(event));
  }

  private async handle(event: SmokeballEvent): Promise<EventEffect> {
    if (event.resourceId === null) return { note: 'it names no contact' };
    if (event.isEcho) return { note: 'our own change' };
    const smokeball = await this.access.forConnection(event.firmId);
    if (!smokeball) return { note: 'not connected' };
    const answer = await smokeball.contacts.get(event.resourceId, { lane: 'inbound', firmId: event.firmId });
    if (!answer.ok) {
      if (answer.failure.kind === 'not_found' || answer.failure.kind === 'forbidden')
        return { note: 'the contact cannot be read' };
      throw new EventNotYet(`Smokeball could not be asked (${answer.failure.kind})`);
    }
    return await this.take(event, answer.data);
  }

  private async take(event: SmokeballEvent, contact: Contact): Promise<EventEffect> {
    return await this.database.forFirm(event.firmId, async (scope) => {
      await this.arrival.index(scope, contact);
      const clientId = await this.parties.byContact(scope, contact.id);
      if (clientId) await this.followLink(scope, clientId, contact);
      const isNew = event.type === 'contact.created';
      await this.events.emit(scope, {
        type: isNew ? 'contact.created' : 'contact.updated',
        matterId: null,
        data: {
          smokeball_matter_id: null,
          client_id: clientId,
          smokeball_contact_id: contact.id,
          changed: [],
          tags: contact.tags.flatMap((tag) => tag.name ?? []),
        },
        dedupeKey: `${event.type}/${contact.id}/${String(contact.lastUpdated ?? event.id)}`,
      });
      return { note: 'read again' };
    });
  }

  /** Deleted there breaks the link; restored there mends it. Only people in Smokeball do the one or the other. */
  private async followLink(scope: FirmScope, clientId: string, contact: Contact): Promise<void> {
    if (contact.isDeleted) {
      await this.parties.setLink(scope, clientId, { state: 'broken', error_code: 'link_broken' });
      await this.arrival.tellMatters(scope, clientId);
      return;
    }
    const link = await this.parties.link(scope, clientId);
    if (link?.state === 'broken') await this.arrival.arrived(scope, clientId, contact);
  }
}
