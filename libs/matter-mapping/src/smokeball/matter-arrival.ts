import { Injectable } from '@nestjs/common';
import { Firms, readConnection, SmokeballAccess } from '@matterline/auth';
import type { HeldTag } from '@matterline/contacts';
import { ChangeNotices, type FirmScope } from '@matterline/platform';
import { type Matter, matterUrl } from '@matterline/smokeball-client';
import { type OperationRow, Operations } from '@matterline/sync';
import { OutgoingEvents, Snapshots } from '@matterline/webhooks';
import { KnownMatters } from '../known-matters';
import { MatterStore, type StoredMatter } from '../matters/matter-store';
import { PlanMatter } from '../matters/plan-matter';
import { matterFields, matterTags, writtenMatterFields } from './matter-fields';

/** Where firms and their addresses come from, and whom to tell. */
@Injectable()
export class ArrivalParts {
  constructor(
    readonly firms: Firms,
    readonly access: SmokeballAccess,
    readonly changes: ChangeNotices,
    readonly snapshots: Snapshots,
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
    await this.begin(scope, smokeballId, seen);
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
    if (before !== null && status !== null && before !== status && !(await this.isOurs(scope, matter.id, status)))
      await this.tellStatus(scope, stored, matter, before, status);
    await this.parts.changes.announce(scope, { kind: 'matter', id: stored.matterId });
    return stored;
  }

  /** A write of ours is about to leave this there; seen later, it is no news. */
  async expectWrite(
    scope: FirmScope,
    smokeballId: string,
    written: Parameters<typeof writtenMatterFields>[0],
    current: Matter | null,
  ): Promise<void> {
    await this.parts.snapshots.expect(scope, 'matter', smokeballId, writtenMatterFields(written, current));
  }

  async expectTags(scope: FirmScope, smokeballId: string, tags: readonly HeldTag[]): Promise<void> {
    await this.parts.snapshots.expect(scope, 'matter', smokeballId, { tags: matterTags(tags) });
  }

  /** Whether anybody can have tagged it: once its tags were seen, they are read before ours join them. */
  async hasSeenTags(scope: FirmScope, smokeballId: string): Promise<boolean> {
    return await this.parts.snapshots.hasSeen(scope, 'matter', smokeballId, 'tags');
  }

  /** Our writes stand there. */
  async standing(scope: FirmScope, smokeballId: string): Promise<void> {
    await this.parts.snapshots.settle(scope, 'matter', smokeballId);
  }

  /** The same for a new one; without a snapshot it begins with what was read. */
  private async begin(scope: FirmScope, smokeballId: string, seen: Matter | null): Promise<void> {
    await this.standing(scope, smokeballId);
    if (!seen) return;
    const { snapshots } = this.parts;
    const version = /^\d{1,19}$/.test(seen.versionId ?? '') ? BigInt(seen.versionId ?? 0) : 0n;
    const fields = matterFields(seen);
    await snapshots.beginAll(scope, [{ kind: 'matter', id: smokeballId, version, fields }]);
    // `matter.linked` tells the number that it has by now.
    const number = { number: fields['number'] ?? '' };
    await snapshots.see(scope, { kind: 'matter', id: smokeballId, version, fields: number });
  }

  async giveUpWrite(scope: FirmScope, smokeballId: string): Promise<void> {
    await this.parts.snapshots.giveUp(scope, 'matter', smokeballId);
  }

  private async isOurs(scope: FirmScope, smokeballId: string, status: string): Promise<boolean> {
    return await this.parts.snapshots.isOurs(scope, 'matter', smokeballId, 'status', status);
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
