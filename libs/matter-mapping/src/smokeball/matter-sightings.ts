import { Injectable } from '@nestjs/common';
import { readConnection } from '@matterline/auth';
import type { FirmScope } from '@matterline/platform';
import { dateFromTicks, type Matter } from '@matterline/smokeball-client';
import { OutgoingEvents, Snapshots } from '@matterline/webhooks';
import { MatterStore, type StoredMatter } from '../matters/matter-store';
import { MatterArrival } from './matter-arrival';
import { attorneysOf } from './matter-attorneys';
import { matterFields } from './matter-fields';
import { StaffDirectory } from './staff-directory';

/** Clocks differ, and a firm connects while its people work. */
const BEFORE_CONNECTING_MS = 24 * 3600_000;

export interface Taken {
  readonly matterId: string | null;
  readonly note: string;
}

/** A matter that was read because somebody may have changed it: its link and CaseHug follow, never with an older version. */
@Injectable()
export class MatterSightings {
  constructor(
    private readonly store: MatterStore,
    private readonly arrival: MatterArrival,
    private readonly snapshots: Snapshots,
    private readonly staff: StaffDirectory,
    private readonly events: OutgoingEvents,
  ) {}

  /** @param saysNew whether an event called it new */
  async take(scope: FirmScope, matter: Matter, saysNew: boolean): Promise<Taken> {
    const linked = await this.store.byRemote(scope, matter.id);
    if (!linked) return await this.unlinked(scope, matter, saysNew);
    const { matterId } = linked;
    const fields = matterFields(matter);
    const sight = { kind: 'matter', id: matter.id, version: versionOf(matter), fields } as const;
    const statusBefore = linked.link.smokeball_status;
    // The link first: it asks whether a status is ours, which the comparison then settles.
    const followed = await this.arrival.seen(scope, matter);
    const sighting = await this.snapshots.see(scope, sight);
    if (!followed || sighting.isOlder) return { matterId, note: 'read again: older than what is known' };
    const isMoved = statusBefore !== null && statusBefore !== matter.status;
    const changed = toldNames(sighting.changed, isMoved);
    if (changed.length > 0)
      await this.tell(scope, linked, matter, changed, `${matter.id}/${sight.version}/${sighting.revision}`);
    const status = matter.status ?? 'no status';
    return { matterId, note: ['read again', ...(changed.length > 0 ? [changed.join(', ')] : []), status].join(': ') };
  }

  private async unlinked(scope: FirmScope, matter: Matter, saysNew: boolean): Promise<Taken> {
    await this.arrival.seen(scope, matter);
    if (!saysNew || !(await this.isNew(scope, matter))) return { matterId: null, note: 'read again: not linked' };
    await this.tell(scope, null, matter, ['created'], `${matter.id}/created`);
    return { matterId: null, note: 'a new matter, not linked' };
  }

  /** The event's word is not believed: our own are no news, and what nobody has touched since we came cannot be new. */
  private async isNew(scope: FirmScope, matter: Matter): Promise<boolean> {
    if (matter.status === 'Deleted') return false;
    if (matter.externalSystemId && (await this.store.find(scope, matter.externalSystemId))) return false;
    const connectedAt = (await readConnection(scope))?.connected_at;
    if (!connectedAt) return false;
    return dateFromTicks(versionOf(matter)).getTime() >= connectedAt.getTime() - BEFORE_CONNECTING_MS;
  }

  private async tell(
    scope: FirmScope,
    linked: StoredMatter | null,
    matter: Matter,
    changed: readonly string[],
    change: string,
  ): Promise<void> {
    const isNew = linked === null;
    const emails = await this.staff.keptEmails(scope);
    await this.events.emit(scope, {
      type: 'matter.updated',
      matterId: linked?.matterId ?? null,
      data: {
        smokeball_matter_id: matter.id,
        changed,
        ...(isNew || changed.includes('tags') ? { tags: matter.tags.flatMap(({ name }) => name ?? []) } : {}),
        ...(isNew || changed.includes('attorneys') ? { attorneys: attorneysOf(matter, emails) } : {}),
      },
      dedupeKey: `matter.updated/${change}`,
    });
  }
}

/** The status has an event of its own, and the day of closing belongs to it. */
function toldNames(changed: readonly string[], isMoved: boolean): string[] {
  const isDate = (field: string) => field === 'opened' || (field === 'closed' && !isMoved);
  const plain = changed.filter((field) => !['status', 'opened', 'closed'].includes(field));
  return [...plain, ...(changed.some(isDate) ? ['dates'] : [])];
}

const versionOf = ({ versionId = '' }: Matter) => (/^\d{1,19}$/.test(versionId) ? BigInt(versionId) : 0n);
