import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SmokeballAccess } from '@matterline/auth';
import { Database } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import { type EventEffect, EventHandlers, EventNotYet, type SmokeballEvent, typesOf } from '@matterline/webhooks';
import { ContactSightings } from './contact-sightings';

const TYPES = ['contact.created', 'contact.updated', 'contact.deleted', 'contact.restored'];

/** Contacts changed in Smokeball: the record is read again, the phone index follows, CaseHug is told of people's changes. */
@Injectable()
export class ContactEvents implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly access: SmokeballAccess,
    private readonly database: Database,
    private readonly sightings: ContactSightings,
  ) {}

  onModuleInit(): void {
    this.handlers.onSmokeball(TYPES, (event) => this.handle(event), { gather: true });
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
    const saysNew = typesOf(event).includes('contact.created');
    const { isOlder, changed } = await this.database.forFirm(event.firmId, (scope) =>
      this.sightings.take(scope, contact, saysNew),
    );
    if (isOlder) return { note: 'read again: older than what is known' };
    if (changed === null) return { note: 'read again: nothing changed that CaseHug is told of' };
    return { note: changed.length === 0 ? 'read again: not known here before' : `read again: ${changed.join(', ')}` };
  }
}
