import { Injectable } from '@nestjs/common';
import {
  type FirmSettings,
  type LinkState,
  type MatterPicture,
  type OperationErrorCode,
  type Party,
} from '@matterline/contracts';
import { canonicalJson } from '@matterline/audit';
import { sentMembers } from '../smokeball/matter-wish';
import { Clock, FieldCipher, type FirmScope, SearchHasher } from '@matterline/platform';

export interface MatterLink {
  readonly state: LinkState;
  readonly account_id: string | null;
  readonly smokeball_matter_id: string | null;
  readonly smokeball_number_enc: Buffer | null;
  readonly smokeball_status: string | null;
  readonly smokeball_version: string | null;
  readonly matter_type_id: string | null;
  readonly matter_type_name: string | null;
  readonly client_role: string | null;
  readonly sent_hash: Buffer | null;
  /** What was sent, member by member (`SentMatters`). */
  readonly sent_enc: Buffer | null;
  readonly tags_enc: Buffer | null;
  /** An attorney of the matter could not be entered; looked at again when the firm's staff changes. */
  readonly lacks_attorney: boolean;
  readonly error_code: OperationErrorCode | null;
  readonly error_detail_enc: Buffer | null;
}

export interface StoredMatter {
  readonly matterId: string;
  readonly picture: MatterPicture;
  readonly pictureHash: Buffer;
  readonly sourceUpdatedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly link: MatterLink;
}

interface Row extends MatterLink {
  readonly matter_id: string;
  readonly picture_enc: Buffer;
  readonly picture_hash: Buffer;
  readonly source_updated_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const MATTER_SELECT = `select m.matter_id, m.picture_enc, m.picture_hash, m.source_updated_at, m.created_at, m.updated_at,
    l.state, l.account_id, l.smokeball_matter_id, l.smokeball_number_enc, l.smokeball_status, l.smokeball_version, l.matter_type_id,
    l.matter_type_name, l.client_role, l.sent_hash, l.sent_enc, l.tags_enc, l.lacks_attorney, l.error_code, l.error_detail_enc
  from matters m join matter_links l on l.firm_id = m.firm_id and l.matter_id = m.matter_id`;

const picturePlace = (firmId: string, rowId: string) => ({ firmId, field: 'matters.picture_enc', rowId });
export const linkPlace = (firmId: string, rowId: string, column: 'smokeball_number_enc' | 'error_detail_enc') => ({
  firmId,
  field: `matter_links.${column}`,
  rowId,
});

/** Matters as CaseHug describes them, encrypted, with their links. */
@Injectable()
export class MatterStore {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly clock: Clock,
  ) {}

  /** Equal while a picture would write the same into Smokeball; keyed, so that a dump cannot be guessed against. */
  sentDigest(firmId: string, picture: MatterPicture, settings: FirmSettings): Buffer {
    return this.hasher.hash(firmId, 'sent-matter', canonicalJson(sentMembers(picture, settings)));
  }

  async find(scope: FirmScope, matterId: string): Promise<StoredMatter | null> {
    const row = await scope.one<Row>(`${MATTER_SELECT} where m.firm_id = $1 and m.matter_id = $2`, [
      scope.firmId,
      matterId,
    ]);
    return row && this.open(scope.firmId, row);
  }

  /** Holds the matter until the commit. */
  async lock(scope: FirmScope, matterId: string): Promise<StoredMatter | null> {
    await scope.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [`${scope.firmId}/${matterId}`]);
    return await this.find(scope, matterId);
  }

  async byRemote(scope: FirmScope, smokeballMatterId: string): Promise<StoredMatter | null> {
    const row = await scope.one<Row>(`${MATTER_SELECT} where l.firm_id = $1 and l.smokeball_matter_id = $2`, [
      scope.firmId,
      smokeballMatterId,
    ]);
    return row && this.open(scope.firmId, row);
  }

  open(firmId: string, row: Row): StoredMatter {
    return {
      matterId: row.matter_id,
      picture: this.cipher.openJson<MatterPicture>(picturePlace(firmId, row.matter_id), row.picture_enc),
      pictureHash: row.picture_hash,
      sourceUpdatedAt: row.source_updated_at,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      link: row,
    };
  }

  /** @returns true when the picture is new or says something else than before. */
  async save(scope: FirmScope, matterId: string, picture: MatterPicture): Promise<boolean> {
    const now = this.clock.now();
    const hash = this.hasher.hash(scope.firmId, 'picture', canonicalJson({ ...picture, updated_at: null }));
    const sourceUpdatedAt = picture.updated_at === null ? null : new Date(picture.updated_at);
    const changed = await scope.one<{ changed: boolean }>(
      `insert into matters (firm_id, matter_id, picture_enc, picture_hash, source_updated_at, search, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $7)
       on conflict (firm_id, matter_id) do update set picture_enc = excluded.picture_enc, picture_hash = excluded.picture_hash,
         source_updated_at = excluded.source_updated_at, search = excluded.search, updated_at = excluded.updated_at
       returning (select old.picture_hash is distinct from $4 from matters old where old.firm_id = $1 and old.matter_id = $2) as changed`,
      [
        scope.firmId,
        matterId,
        this.cipher.sealJson(picturePlace(scope.firmId, matterId), picture),
        hash,
        sourceUpdatedAt,
        this.searchHashes(scope.firmId, picture),
        now,
      ],
    );
    await scope.change(
      `insert into matter_links (firm_id, matter_id, state, created_at, updated_at) values ($1, $2, 'not_synced', $3, $3) on conflict do nothing`,
      [scope.firmId, matterId, now],
    );
    return changed?.changed ?? true;
  }

  /** Which parties are on the matter, in order. */
  async setParties(scope: FirmScope, matterId: string, picture: MatterPicture): Promise<void> {
    await scope.change('delete from matter_parties where firm_id = $1 and matter_id = $2', [scope.firmId, matterId]);
    for (const [side, parties] of [
      ['client', picture.clients],
      ['other_side', picture.other_sides],
    ] as const) {
      for (const [position, party] of parties.entries()) {
        await scope.change(
          'insert into matter_parties (firm_id, matter_id, client_id, side, position) values ($1, $2, $3, $4, $5) on conflict do nothing',
          [scope.firmId, matterId, party.id, side, position],
        );
      }
    }
  }

  async setLink(scope: FirmScope, matterId: string, change: Partial<MatterLink>): Promise<void> {
    const columns = Object.keys(change);
    const sets = columns.map((column, at) => `, ${column} = $${at + 4}`).join('');
    await scope.change(`update matter_links set updated_at = $3${sets} where firm_id = $1 and matter_id = $2`, [
      scope.firmId,
      matterId,
      this.clock.now(),
      ...Object.values(change),
    ]);
  }

  numberOf(firmId: string, matterId: string, link: MatterLink): string | null {
    return (
      link.smokeball_number_enc &&
      this.cipher.openText(linkPlace(firmId, matterId, 'smokeball_number_enc'), link.smokeball_number_enc)
    );
  }

  sealNumber(firmId: string, matterId: string, number: string | null | undefined): Buffer | null {
    return number ? this.cipher.sealText(linkPlace(firmId, matterId, 'smokeball_number_enc'), number) : null;
  }

  async titles(scope: FirmScope, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await scope.query<{ matter_id: string; picture_enc: Buffer }>(
      'select matter_id, picture_enc from matters where firm_id = $1 and matter_id = any ($2)',
      [scope.firmId, ids],
    );
    return new Map(
      rows.map((row) => [
        row.matter_id,
        this.cipher.openJson<MatterPicture>(picturePlace(scope.firmId, row.matter_id), row.picture_enc).title,
      ]),
    );
  }

  private searchHashes(firmId: string, picture: MatterPicture): Buffer[] {
    const ofParty = (party: Party) => [
      party.first_name,
      party.last_name,
      party.company_name,
      party.email,
      party.phone,
      party.mobile,
    ];
    const texts = [
      picture.title,
      picture.case_number,
      picture.case_type,
      ...picture.tags,
      ...[...picture.clients, ...picture.other_sides].flatMap(ofParty),
    ];
    return this.hasher.words(firmId, texts);
  }
}
