import { Injectable } from '@nestjs/common';
import { Firms } from '@matterline/auth';
import { Clock, Database } from '@matterline/platform';
import { dateFromTicks } from '@matterline/smokeball-client';
import type { EventEffect, SmokeballEvent } from '@matterline/webhooks';
import { PlanMatter } from '../matters/plan-matter';
import { MatterTypeCatalogue } from '../types/catalogue';
import { StaffDirectory } from './staff-directory';

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
