import { Injectable } from '@nestjs/common';
import type { Attorney } from '@matterline/contracts';
import { readConnection } from '@matterline/auth';
import { Clock, Database, FieldCipher, type FirmScope, SingleFlight } from '@matterline/platform';
import type { CallContext, CallResult, SmokeballClient, Staff } from '@matterline/smokeball-client';
import { chooseStaff, namesStrangers, type People, type StaffChoice } from './staff-choice';

/** Staff events make a list stale; this is for the ones that got lost. */
const FRESH_MS = 3600_000;
/** A name that is not on the list is looked for again, but not more often than this. */
const LOOK_AGAIN_MS = 10 * 60_000;
const PAGE = 500;

/** What is needed of a member; the rest is not kept. */
type Member = Pick<Staff, 'id' | 'email' | 'enabled' | 'former'>;
interface Kept {
  readonly members: readonly Staff[];
  readonly readAtMs: number;
}
interface Row {
  readonly staff_enc: Buffer;
  readonly read_at: Date;
}
type Reading = CallResult<readonly Staff[]>;

/** A firm's staff, sealed in PostgreSQL: read once in a while, shared by all processes, still there after a restart. */
@Injectable()
export class StaffDirectory {
  private readonly readings = new SingleFlight<Reading>();

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  async forget(firmId: string): Promise<void> {
    await this.database.forFirm(firmId, (scope) =>
      scope.change('delete from staff_lists where firm_id = $1', [scope.firmId]),
    );
  }

  /** Who stands behind a matter's attorneys. @param known who stood behind them when they were last entered */
  async choose(
    smokeball: SmokeballClient,
    attorneys: readonly Attorney[],
    known: People,
    call: CallContext,
  ): Promise<CallResult<StaffChoice>> {
    if (attorneys.length === 0) return { ...none(call), data: chooseStaff([], []) };
    const readKept = async (): Promise<Reading | null> => {
      const kept = await this.kept(call.firmId);
      return kept && this.isGood(kept, attorneys) ? { ...none(call), data: kept.members } : null;
    };
    const read =
      (await readKept()) ??
      (await this.readings.join(call.firmId, async () => (await readKept()) ?? (await this.fetch(smokeball, call))));
    return read.ok ? { ...read, data: chooseStaff(attorneys, read.data, known) } : read;
  }

  /** Makes sure that these staff members are on the list that is kept, as far as Smokeball knows them. */
  async know(smokeball: SmokeballClient, staffIds: readonly string[], call: CallContext): Promise<Reading> {
    if (staffIds.length === 0) return { ...none(call), data: [] };
    const readKept = async (): Promise<Reading | null> => {
      const kept = await this.kept(call.firmId);
      if (!kept) return null;
      const ageMs = this.clock.nowMs() - kept.readAtMs;
      const ids = new Set(kept.members.map(({ id }) => id.toLowerCase()));
      const isGood = ageMs < FRESH_MS && (ageMs < LOOK_AGAIN_MS || staffIds.every((id) => ids.has(id.toLowerCase())));
      return isGood ? { ...none(call), data: kept.members } : null;
    };
    return (
      (await readKept()) ??
      (await this.readings.join(call.firmId, async () => (await readKept()) ?? (await this.fetch(smokeball, call))))
    );
  }

  /** E-mail addresses by staff id, lower case, of the list that is kept. */
  async keptEmails(scope: FirmScope): Promise<ReadonlyMap<string, string>> {
    const kept = await this.keptIn(scope);
    return new Map(
      (kept?.members ?? []).flatMap(({ id, email }) => (email ? [[id.toLowerCase(), email] as const] : [])),
    );
  }

  private isGood({ members, readAtMs }: Kept, attorneys: readonly Attorney[]): boolean {
    const ageMs = this.clock.nowMs() - readAtMs;
    return ageMs < FRESH_MS && (ageMs < LOOK_AGAIN_MS || !namesStrangers(attorneys, members));
  }

  private async kept(firmId: string): Promise<Kept | null> {
    return await this.database.forFirm(firmId, (scope) => this.keptIn(scope));
  }

  private async keptIn(scope: FirmScope): Promise<Kept | null> {
    const { firmId } = scope;
    const accountId = (await readConnection(scope))?.account_id ?? '';
    const row = await scope.one<Row>(
      'select staff_enc, read_at from staff_lists where firm_id = $1 and account_id = $2',
      [firmId, accountId],
    );
    if (!row) return null;
    const members = this.cipher.openJson<Staff[]>(place(firmId, accountId), row.staff_enc);
    return { members, readAtMs: row.read_at.getTime() };
  }

  private async fetch(smokeball: SmokeballClient, call: CallContext): Promise<Reading> {
    const at = this.clock.now();
    const members: Staff[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const answer: Awaited<ReturnType<SmokeballClient['staff']['list']>> = await smokeball.staff.list(
        { offset, limit: PAGE },
        call,
      );
      if (!answer.ok) return answer;
      members.push(...answer.data.items);
      offset = answer.data.nextOffset;
    }
    await this.keep(call.firmId, members, at);
    return { ...none(call), data: members };
  }

  private async keep(firmId: string, members: readonly Staff[], at: Date): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const accountId = (await readConnection(scope))?.account_id ?? '';
      const needed = members.map(({ id, email, enabled, former }): Member => ({ id, email, enabled, former }));
      await scope.change(
        `insert into staff_lists (firm_id, account_id, staff_enc, read_at) values ($1, $2, $3, $4)
         on conflict (firm_id, account_id) do update set staff_enc = excluded.staff_enc, read_at = excluded.read_at`,
        [firmId, accountId, this.cipher.sealJson(place(firmId, accountId), needed), at],
      );
    });
  }
}

const place = (firmId: string, accountId: string) => ({ firmId, field: 'staff_lists.staff_enc', rowId: accountId });
const none = (call: CallContext) => ({ ok: true, status: 200, requestId: call.requestId ?? '' }) as const;
