import { Injectable } from '@nestjs/common';
import type { MatterPut } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { Parties } from '@matterline/contacts';
import { Firms } from '@matterline/auth';
import { ApiError, ChangeNotices, Clock, Database, type FieldFault, type FirmScope } from '@matterline/platform';
import { MatterPlanner } from '@matterline/sync';
import { CaseTypesSeen } from '../types/case-types-seen';
import { mergePicture } from './merge-picture';
import { MatterStore, type StoredMatter } from './matter-store';

const AHEAD_MS = 10 * 365 * 24 * 3_600_000;

export interface PutOptions {
  /** `?sync=true`: sync whatever the settings say. */
  readonly sync: boolean;
  readonly actor: string;
}

@Injectable()
export class PutParts {
  constructor(
    readonly audit: AuditTrail,
    readonly changes: ChangeNotices,
    readonly caseTypes: CaseTypesSeen,
    readonly clock: Clock,
  ) {}
}

/** Takes the picture of a matter and starts what follows from it, in one transaction. Source: docs/http-api.md#matters. */
@Injectable()
export class PutMatter {
  constructor(
    private readonly database: Database,
    private readonly store: MatterStore,
    private readonly parties: Parties,
    private readonly planner: MatterPlanner,
    private readonly firms: Firms,
    private readonly parts: PutParts,
  ) {}

  /** @returns `applied: false` when the stored picture is newer. @throws ApiError `validation_error`. */
  async put(firmId: string, matterId: string, put: MatterPut, options: PutOptions): Promise<{ applied: boolean }> {
    this.requireNow(put);
    return await this.database.forFirm(firmId, async (scope) => {
      const before = await this.store.lock(scope, matterId);
      if (isOlder(before, put)) return { applied: false };
      requireWhole(before, put);
      const picture = mergePicture(before?.picture ?? null, put);
      const changed = await this.store.save(scope, matterId, picture);
      for (const party of [...picture.clients, ...picture.other_sides]) await this.parties.save(scope, party);
      await this.store.setParties(scope, matterId, picture);
      await this.parts.caseTypes.note(scope, picture, (await this.firms.read(scope)).region);
      if (await this.wantsSync(scope, before, options, changed)) {
        await this.planner.plan(scope, { matterId, trigger: options.sync ? 'manual' : 'auto' });
      } else if (before === null || changed) {
        await this.parts.changes.announce(scope, { kind: 'matter', id: matterId });
      }
      await this.parts.audit.record(scope, {
        actor: options.actor,
        action: 'matter.put',
        subject: `matter:${matterId}`,
        detail: { fields: Object.keys(put).sort(), changed },
      });
      return { applied: true };
    });
  }

  /** A time of another age would outdate every later picture for good; clocks that are wrong by months or years are believed. */
  private requireNow({ updated_at: at }: MatterPut): void {
    if (at && new Date(at).getTime() > this.parts.clock.nowMs() + AHEAD_MS)
      throw ApiError.validation([{ field: 'updated_at', message: 'lies more than ten years in the future' }]);
  }

  private async wantsSync(
    scope: FirmScope,
    before: StoredMatter | null,
    options: PutOptions,
    changed: boolean,
  ): Promise<boolean> {
    if (options.sync) return true;
    const { settings } = await this.firms.read(scope);
    const state = before?.link.state ?? 'not_synced';
    if (state === 'not_synced') return settings.auto_sync_on_matter_created && before === null;
    if (state === 'broken' || state === 'unlinked') return false;
    // A matter that was asked for and waits goes on when what it waited for arrives.
    return changed && (state === 'confirmed' ? settings.auto_sync_updates : true);
  }
}

function isOlder(before: StoredMatter | null, put: MatterPut): boolean {
  if (!before?.sourceUpdatedAt || !put.updated_at) return false;
  return new Date(put.updated_at).getTime() < before.sourceUpdatedAt.getTime();
}

/** The first PUT must say what every matter has. */
function requireWhole(before: StoredMatter | null, put: MatterPut): void {
  if (before) return;
  const missing = missingMembers(put);
  if (missing.length > 0) throw ApiError.validation(missing);
}

export function missingMembers(put: object): FieldFault[] {
  const given = new Set(Object.entries(put).flatMap(([name, value]) => (value === undefined ? [] : [name])));
  return ['title', 'clients'].filter((field) => !given.has(field)).map((field) => ({ field, message: 'is required' }));
}
