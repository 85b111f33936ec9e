import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Firms, SmokeballAccess } from '@matterline/auth';
import { Clock, Database } from '@matterline/platform';
import { dateFromTicks, type Matter } from '@matterline/smokeball-client';
import { type EventEffect, EventHandlers, EventNotYet, type SmokeballEvent } from '@matterline/webhooks';
import { MatterStore } from '../matters/matter-store';
import { PlanMatter } from '../matters/plan-matter';
import { MatterTypeCatalogue } from '../types/catalogue';
import { MatterArrival } from './matter-arrival';
import { StaffDirectory } from './staff-directory';

const MATTER_TYPES = ['matter.created', 'matter.updated', 'matter.converted', 'matter.closed', 'matter.statusUpdated'];
const STAFF_TYPES = ['staff.created', 'staff.updated'];

/** What events make stale. */
@Injectable()
export class MatterCaches {
  constructor(
    private readonly staff: StaffDirectory,
    private readonly types: MatterTypeCatalogue,
    private readonly firms: Firms,
    private readonly database: Database,
    private readonly plans: PlanMatter,
    private readonly clock: Clock,
  ) {}

  /** Matters that lack an attorney are looked at again: it may be the one who is new. */
  async forgetStaff(firmId: string): Promise<EventEffect> {
    await this.staff.forget(firmId);
    const again = await this.database.forFirm(firmId, (scope) => this.plans.planLacking(scope));
    return { note: again === 0 ? 'staff are read anew' : `staff are read anew, for ${again} matters at once` };
  }

  async forgetTypes({ firmId, notification }: SmokeballEvent): Promise<EventEffect> {
    const { region, environment } = await this.firms.get(firmId);
    const { timestamp } = notification;
    await this.types.forget(region, environment, timestamp === undefined ? this.clock.now() : dateFromTicks(timestamp));
    return { note: 'matter types are read anew' };
  }
}

/** Matters changed in Smokeball: the record is read again, then its link follows and CaseHug is told. */
@Injectable()
export class MatterEvents implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly access: SmokeballAccess,
    private readonly database: Database,
    private readonly store: MatterStore,
    private readonly arrival: MatterArrival,
    private readonly caches: MatterCaches,
  ) {}

  onModuleInit(): void {
    this.handlers.onSmokeball(MATTER_TYPES, (event) => this.matter(event));
    this.handlers.onSmokeball(STAFF_TYPES, (event) => this.caches.forgetStaff(event.firmId));
    this.handlers.onSmokeball(['mattertype.updated'], (event) => this.caches.forgetTypes(event));
  }

  private async matter(event: SmokeballEvent): Promise<EventEffect> {
    const id = event.resourceId;
    if (id === null) return { note: 'it names no matter' };
    const stored = await this.database.forFirm(event.firmId, (scope) => this.store.byRemote(scope, id));
    // Our own write needs no read, but for the number, which Smokeball gives later (docs/smokeball-api.md#matters).
    if (event.isEcho && (event.type === 'matter.created' || stored?.link.smokeball_number_enc != null))
      return { note: 'our own change', matterId: stored?.matterId };
    const smokeball = await this.access.forConnection(event.firmId);
    if (!smokeball) return { note: 'not connected' };
    const answer = await smokeball.matters.get(id, { lane: 'inbound', firmId: event.firmId });
    if (answer.ok) return await this.take(event, answer.data);
    if (answer.failure.kind === 'not_found' || answer.failure.kind === 'forbidden')
      return { note: 'the matter cannot be read', matterId: stored?.matterId };
    throw new EventNotYet(`Smokeball could not be asked (${answer.failure.kind})`);
  }

  private async take(event: SmokeballEvent, matter: Matter): Promise<EventEffect> {
    return await this.database.forFirm(event.firmId, async (scope) => {
      const stored = await this.arrival.seen(scope, matter);
      return {
        note: stored
          ? `read again: ${matter.status ?? 'no status'}`
          : 'read again: not linked, or older than what is known',
        matterId: stored?.matterId ?? null,
      };
    });
  }
}
