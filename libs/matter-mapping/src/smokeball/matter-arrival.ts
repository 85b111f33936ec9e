import { Injectable } from '@nestjs/common';
import { Firms, readConnection, SmokeballAccess } from '@matterline/auth';
import { ChangeNotices, type FirmScope } from '@matterline/platform';
import { type Matter, matterUrl } from '@matterline/smokeball-client';
import { type OperationRow, Operations } from '@matterline/sync';
import { OutgoingEvents } from '@matterline/webhooks';
import { KnownMatters } from '../known-matters';
import { MatterStore, type StoredMatter } from '../matters/matter-store';
import { PlanMatter } from '../matters/plan-matter';

/** Where firms and their addresses come from, and whom to tell. */
@Injectable()
export class ArrivalParts {
  constructor(
    readonly firms: Firms,
    readonly access: SmokeballAccess,
    readonly changes: ChangeNotices,
  ) {}
}

/** What follows once a matter is known to stand in Smokeball, and whenever it is read again. */
@Injectable()
export class MatterArrival {
  constructor(
    private readonly store: MatterStore,
    private readonly known: KnownMatters,
    private readonly operations: Operations,
    private readonly events: OutgoingEvents,
    private readonly plans: PlanMatter,
    private readonly parts: ArrivalParts,
  ) {}

  /** The push is confirmed: by a read when `seen` is given, else by a verified event. */
  async arrived(scope: FirmScope, push: OperationRow, smokeballId: string, seen: Matter | null): Promise<void> {
    const matterId = push.entity_id;
    // An edit that comes in now is either seen below or sees the link confirmed; never neither.
    await this.store.lock(scope, matterId);
    await this.store.setLink(scope, matterId, {
      state: 'confirmed',
      smokeball_matter_id: smokeballId,
      error_code: null,
      error_detail_enc: null,
      ...(seen ? {} : { smokeball_status: 'Open' }),
    });
    if (seen) await this.seen(scope, seen);
    const matter = await this.store.find(scope, matterId);
    if (!matter) return;
    await this.tellLinked(scope, matter, smokeballId);
    await this.operations.wakeMatters(scope, [matterId]);
    await this.operations.resumeHeld(scope, ['matter_not_linked'], matterId);
    await this.followEdits(scope, matter, push);
    await this.parts.changes.announce(scope, { kind: 'matter', id: matterId });
  }

  /** A matter as read from Smokeball: number, status and version on its link, and what lookups need. Older versions change nothing. */
  async seen(scope: FirmScope, matter: Matter): Promise<StoredMatter | null> {
    const connection = await readConnection(scope);
    if (connection?.account_id) await this.known.put(scope, connection.account_id, matter);
    const stored = await this.store.byRemote(scope, matter.id);
    if (!stored || isOlder(matter, stored)) return null;
    const before = stored.link.smokeball_status;
    const status = matter.status ?? before;
    const isBack = stored.link.state === 'broken' && matter.status !== undefined && matter.status !== 'Deleted';
    await this.store.setLink(scope, stored.matterId, {
      smokeball_number_enc:
        this.store.sealNumber(scope.firmId, stored.matterId, matter.number) ?? stored.link.smokeball_number_enc,
      smokeball_status: status,
      smokeball_version: matter.versionId ?? stored.link.smokeball_version,
      ...typeOf(matter, stored),
      ...(status === 'Deleted' ? { state: 'broken', error_code: 'link_broken' as const } : {}),
      ...(isBack ? { state: 'confirmed', error_code: null, error_detail_enc: null } : {}),
    });
    if (before !== null && status !== null && before !== status)
      await this.tellStatus(scope, stored, matter, before, status);
    await this.parts.changes.announce(scope, { kind: 'matter', id: stored.matterId });
    return stored;
  }

  private async tellLinked(scope: FirmScope, matter: StoredMatter, smokeballId: string): Promise<void> {
    const firm = await this.parts.firms.read(scope);
    await this.events.emit(scope, {
      type: 'matter.linked',
      matterId: matter.matterId,
      data: {
        smokeball_matter_id: smokeballId,
        smokeball_number: this.store.numberOf(scope.firmId, matter.matterId, matter.link),
        url: matterUrl(this.parts.access.hosts(firm.region, firm.environment), smokeballId),
      },
      dedupeKey: `matter.linked/${matter.matterId}/${smokeballId}`,
    });
  }

  private async tellStatus(
    scope: FirmScope,
    stored: StoredMatter,
    matter: Matter,
    before: string,
    status: string,
  ): Promise<void> {
    await this.events.emit(scope, {
      type: 'matter.status_changed',
      matterId: stored.matterId,
      data: { smokeball_matter_id: matter.id, status, previous_status: before },
      dedupeKey: `matter.status_changed/${matter.id}/${matter.versionId ?? ''}/${before}/${status}`,
    });
  }

  /** The tags, which need the matter; and what CaseHug changed while the push was under way. */
  private async followEdits(scope: FirmScope, matter: StoredMatter, push: OperationRow): Promise<void> {
    const trigger = push.trigger === 'bulk' ? 'bulk' : 'auto';
    await this.plans.planTags(scope, matter, { trigger });
    const { settings } = await this.parts.firms.read(scope);
    if (
      !settings.auto_sync_updates ||
      (matter.link.sent_hash?.equals(this.store.sentDigest(scope.firmId, matter.picture, settings)) ?? true)
    )
      return;
    await this.plans.plan(scope, { matterId: matter.matterId, trigger });
  }
}

function isOlder(matter: Matter, stored: StoredMatter): boolean {
  const held = stored.link.smokeball_version;
  if (held === null || !matter.versionId || !/^\d+$/.test(matter.versionId)) return false;
  return BigInt(matter.versionId) < BigInt(held);
}

/** The type that it has there: a lead was converted, or an earlier try had sent another. */
function typeOf(matter: Matter, { link }: StoredMatter) {
  const id = matter.matterTypeId;
  if (id === undefined || id.toLowerCase() === link.matter_type_id?.toLowerCase()) return {};
  return { matter_type_id: id, matter_type_name: matter.matterType?.name ?? null, client_role: null };
}
