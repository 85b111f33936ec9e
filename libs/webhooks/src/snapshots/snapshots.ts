import { Injectable } from '@nestjs/common';
import { Clock, type FirmScope, SearchHasher } from '@matterline/platform';
import { compareSight, type FieldHashes, type OwnHashes, withOwn } from './compare-sight';

export type RecordKind = 'contact' | 'matter' | 'file';
/** A record's fields by the names that CaseHug is told, each as a text that is equal while the field is. */
export type FieldTexts = Readonly<Record<string, string>>;

export interface Sight {
  readonly kind: RecordKind;
  readonly id: string;
  /** Ticks; 0 where a record has none. */
  readonly version: bigint;
  readonly fields: FieldTexts;
}

export interface Sighting {
  /** A newer version is known here: nothing of this one is to be believed. */
  readonly isOlder: boolean;
  /** The record was not known here before, so nobody can say what changed. */
  readonly isFirst: boolean;
  /** Fields that changed since, other than by our own writes. */
  readonly changed: readonly string[];
  /** Differs for each change that is told; with id and version it names a change. */
  readonly revision: number;
}

interface Row {
  readonly version: string;
  readonly fields: FieldHashes;
  readonly ours: OwnHashes;
  readonly ours_at: Date | null;
  readonly revision: number;
}

/** As long as our request ids tell an echo. */
const OURS_MS = 48 * 3600_000;
const OURS_MAX = 5;
const OLDER: Sighting = { isOlder: true, isFirst: false, changed: [], revision: 0 };

/** How Smokeball's records stood when they were last read: keyed hashes only, no client data. Source: docs/architecture.md#snapshots. */
@Injectable()
export class Snapshots {
  constructor(
    private readonly hasher: SearchHasher,
    private readonly clock: Clock,
  ) {}

  /** A record as just read. Older versions change nothing; an equal one is taken. Holds the record until the commit. */
  async see(scope: FirmScope, sight: Sight): Promise<Sighting> {
    const hashes = this.hashes(scope, sight);
    if (await this.add(scope, sight, hashes)) return { isOlder: false, isFirst: true, changed: [], revision: 0 };
    const row = await this.lock(scope, sight);
    if (sight.version < BigInt(row.version)) return OLDER;
    const compared = compareSight(row.fields, this.living(row), hashes);
    const revision = row.revision + (compared.changed.length > 0 ? 1 : 0);
    await scope.change(
      `update record_snapshots set version = $4, fields = $5, ours = $6, revision = $7, read_at = $8
        where firm_id = $1 and kind = $2 and record_id = $3`,
      [
        scope.firmId,
        sight.kind,
        sight.id,
        String(sight.version),
        JSON.stringify(compared.fields),
        JSON.stringify(compared.ours),
        revision,
        this.clock.now(),
      ],
    );
    return { isOlder: false, isFirst: false, changed: compared.changed, revision };
  }

  /** Records that nobody has to be told of, to compare with later; those known here stay as they are. */
  async beginAll(scope: FirmScope, sights: readonly Sight[]): Promise<void> {
    const newest = [...new Map(sights.map((sight) => [`${sight.kind}/${sight.id}`, sight])).values()];
    await scope.change(
      `insert into record_snapshots (firm_id, kind, record_id, version, fields, ours, read_at)
       select $1, given.kind, given.record_id, given.version, given.fields, '{}', $2
         from unnest($3::text[], $4::text[], $5::numeric[], $6::jsonb[]) as given (kind, record_id, version, fields)
       order by given.record_id on conflict do nothing`,
      [
        scope.firmId,
        this.clock.now(),
        newest.map((sight) => sight.kind),
        newest.map((sight) => sight.id),
        newest.map((sight) => String(sight.version)),
        newest.map((sight) => JSON.stringify(this.hashes(scope, sight))),
      ],
    );
  }

  /** What a write of ours is about to leave there: seen later, it is no change that anybody made. */
  async expect(scope: FirmScope, kind: RecordKind, id: string, fields: FieldTexts): Promise<void> {
    if (Object.keys(fields).length === 0) return;
    const sight = { kind, id, version: 0n, fields };
    await this.add(scope, sight, {});
    const row = await this.lock(scope, sight);
    const before = this.living(row);
    const own = Object.entries(this.hashes(scope, sight)).map(([field, hash]) => {
      const { from, to } = before[field] ?? { from: row.fields[field] ?? null, to: [] };
      return [field, { from, to: [...to, hash].slice(-OURS_MAX) }] as const;
    });
    await this.putOwn(scope, kind, id, { ...before, ...Object.fromEntries(own) }, row.fields);
  }

  /** Smokeball has said that our writes stand. */
  async settle(scope: FirmScope, kind: RecordKind, id: string): Promise<void> {
    const row = await this.find(scope, kind, id);
    if (!row || Object.keys(row.ours).length === 0) return;
    await this.putOwn(scope, kind, id, {}, withOwn(row.fields, this.living(row)));
  }

  /** Our writes did not come through: whoever puts such a value there now is somebody else. */
  async giveUp(scope: FirmScope, kind: RecordKind, id: string): Promise<void> {
    const row = await this.find(scope, kind, id);
    if (row) await this.putOwn(scope, kind, id, {}, row.fields);
  }

  /** Whether a value of a field is one that we wrote and nobody has seen there yet. */
  async isOurs(scope: FirmScope, kind: RecordKind, id: string, field: string, text: string): Promise<boolean> {
    const row = await this.find(scope, kind, id);
    const hash = this.hashes(scope, { kind, id, fields: { [field]: text } })[field] ?? '';
    return row !== null && (this.living(row)[field]?.to.includes(hash) ?? false);
  }

  /** Whether a field has ever been seen there. */
  async hasSeen(scope: FirmScope, kind: RecordKind, id: string, field: string): Promise<boolean> {
    return (await this.find(scope, kind, id))?.fields[field] !== undefined;
  }

  private async putOwn(
    scope: FirmScope,
    kind: RecordKind,
    id: string,
    ours: OwnHashes,
    fields: FieldHashes,
  ): Promise<void> {
    await scope.change(
      'update record_snapshots set ours = $4, ours_at = $5, fields = $6 where firm_id = $1 and kind = $2 and record_id = $3',
      [scope.firmId, kind, id, JSON.stringify(ours), this.clock.now(), JSON.stringify(fields)],
    );
  }

  private living(row: Row): OwnHashes {
    const isOver = row.ours_at === null || this.clock.nowMs() - row.ours_at.getTime() > OURS_MS;
    return isOver ? {} : row.ours;
  }

  private async add(scope: FirmScope, sight: Sight, hashes: FieldHashes): Promise<boolean> {
    const added = await scope.change(
      `insert into record_snapshots (firm_id, kind, record_id, version, fields, ours, read_at)
       values ($1, $2, $3, $4, $5, '{}', $6) on conflict do nothing`,
      [scope.firmId, sight.kind, sight.id, String(sight.version), JSON.stringify(hashes), this.clock.now()],
    );
    return added > 0;
  }

  private async find(scope: FirmScope, kind: RecordKind, id: string): Promise<Row | null> {
    return await scope.one<Row>(
      `select version::text, fields, ours, ours_at, revision from record_snapshots
        where firm_id = $1 and kind = $2 and record_id = $3 for update`,
      [scope.firmId, kind, id],
    );
  }

  private async lock(scope: FirmScope, { kind, id }: Pick<Sight, 'kind' | 'id'>): Promise<Row> {
    const row = await this.find(scope, kind, id);
    if (!row) throw new Error('the snapshot is gone');
    return row;
  }

  /** The record's id is hashed in, so that equal values of two records do not show. */
  private hashes(scope: FirmScope, { kind, id, fields }: Pick<Sight, 'kind' | 'id' | 'fields'>): FieldHashes {
    return Object.fromEntries(
      Object.entries(fields).map(([field, text]) => [
        field,
        this.hasher.hash(scope.firmId, `snapshot/${kind}/${field}`, `${id}\0${text}`).toString('base64'),
      ]),
    );
  }
}
