import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SmokeballAccess } from '@matterline/auth';
import { Database } from '@matterline/platform';
import type { CallContext, Matter, SmokeballClient } from '@matterline/smokeball-client';
import { type EventEffect, EventHandlers, EventNotYet, type SmokeballEvent, typesOf } from '@matterline/webhooks';
import { MatterStore } from '../matters/matter-store';
import { staffIdsOf } from './matter-attorneys';
import { MatterCaches } from './matter-caches';
import { MatterSightings } from './matter-sightings';
import { StaffDirectory } from './staff-directory';

/** Roles are the matter's clients and other sides: they stand on the matter. */
const MATTER_TYPES = [
  'matter.created',
  'matter.updated',
  'matter.converted',
  'matter.closed',
  'matter.statusUpdated',
  'roles.updated',
];
const STAFF_TYPES = ['staff.created', 'staff.updated', 'firmuser.updated', 'user.registered', 'user.unregistered'];
const CATALOGUE_TYPES = ['mattertype.updated', 'mattertype.created', 'mattertype.deleted', 'mattertype.restored'];

/** Matters changed in Smokeball: the record is read again, then its link follows and CaseHug is told. */
@Injectable()
export class MatterEvents implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly access: SmokeballAccess,
    private readonly database: Database,
    private readonly store: MatterStore,
    private readonly sightings: MatterSightings,
    private readonly staff: StaffDirectory,
    private readonly caches: MatterCaches,
  ) {}

  onModuleInit(): void {
    this.handlers.onSmokeball(MATTER_TYPES, (event) => this.matter(event), { gather: true });
    this.handlers.onSmokeball(STAFF_TYPES, (event) => this.caches.forgetStaff(event.firmId));
    this.handlers.onSmokeball(CATALOGUE_TYPES, (event) => this.caches.forgetTypes(event));
  }

  private async matter(event: SmokeballEvent): Promise<EventEffect> {
    const id = matterIdOf(event);
    if (id === null) return { note: 'it names no matter' };
    const stored = await this.database.forFirm(event.firmId, (scope) => this.store.byRemote(scope, id));
    const isNew = typesOf(event).includes('matter.created');
    // Our own write needs no read, but for the number, which Smokeball gives later (docs/smokeball-api.md#matters).
    if (event.isEcho && (isNew || stored?.link.smokeball_number_enc != null))
      return { note: 'our own change', matterId: stored?.matterId };
    const smokeball = await this.access.forConnection(event.firmId);
    if (!smokeball) return { note: 'not connected' };
    const call = { lane: 'inbound', firmId: event.firmId } as const;
    const answer = await smokeball.matters.get(id, call);
    if (answer.ok) return await this.take(event, smokeball, answer.data, call);
    if (answer.failure.kind === 'not_found' || answer.failure.kind === 'forbidden')
      return { note: 'the matter cannot be read', matterId: stored?.matterId };
    throw new EventNotYet(`Smokeball could not be asked (${answer.failure.kind})`);
  }

  private async take(
    event: SmokeballEvent,
    smokeball: SmokeballClient,
    matter: Matter,
    call: CallContext,
  ): Promise<EventEffect> {
    const known = await this.staff.know(smokeball, staffIdsOf(matter), call);
    if (!known.ok) throw new EventNotYet(`the staff could not be read (${known.failure.kind})`);
    const saysNew = !event.isEcho && typesOf(event).includes('matter.created');
    return await this.database.forFirm(event.firmId, (scope) => this.sightings.take(scope, matter, saysNew));
  }
}

/** Where a role's event names the role, its matter stands beside it. */
function matterIdOf({ type, resourceId, notification }: SmokeballEvent): string | null {
  const beside = type === 'roles.updated' ? notification.payload['matterId'] : undefined;
  return typeof beside === 'string' && beside !== '' ? beside : resourceId;
}
