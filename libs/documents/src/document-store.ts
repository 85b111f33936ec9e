import { Injectable } from '@nestjs/common';
import type { DocumentMetadata, DocumentState } from '@matterline/contracts';
import { Clock, FieldCipher, type FirmScope, SearchHasher } from '@matterline/platform';
import type { StoredBytes } from './byte-store';

export interface DocumentRow {
  readonly upload_id: string;
  readonly matter_id: string;
  readonly document_id: string | null;
  readonly replaces_upload_id: string | null;
  readonly file_name_enc: Buffer;
  readonly folder_enc: Buffer | null;
  readonly content_type: string;
  readonly status: string;
  readonly state: DocumentState;
  /** Null, like the size, until the bytes of a document that CaseHug only named are fetched. */
  readonly sha256: string | null;
  readonly size_bytes: string | null;
  /** Null before the bytes are here, and once they are erased. */
  readonly store_id: string | null;
  readonly smokeball_file_id: string | null;
  readonly smokeball_version_id: string | null;
  readonly error_code: string | null;
  readonly created_at: Date;
}

const COLUMNS = `upload_id, matter_id, document_id, replaces_upload_id, file_name_enc, folder_enc, content_type, status, state, sha256, size_bytes,
  store_id, smokeball_file_id, smokeball_version_id, error_code, created_at`;
const place = (firmId: string, rowId: string, column: 'file_name_enc' | 'folder_enc') => ({
  firmId,
  field: `documents.${column}`,
  rowId,
});

export const columnsOf = ({ storeId, sha256, sizeBytes }: StoredBytes): Partial<DocumentRow> => ({
  store_id: storeId,
  sha256,
  size_bytes: String(sizeBytes),
});

/** Documents and which Smokeball file each upload became. */
@Injectable()
export class DocumentStore {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly clock: Clock,
  ) {}

  async find(scope: FirmScope, uploadId: string): Promise<DocumentRow | null> {
    return await scope.one<DocumentRow>(`select ${COLUMNS} from documents where firm_id = $1 and upload_id = $2`, [
      scope.firmId,
      uploadId,
    ]);
  }

  /** The same, and those who bring or fetch the same upload come one after the other. */
  async lock(scope: FirmScope, uploadId: string): Promise<DocumentRow | null> {
    await scope.query('select pg_advisory_xact_lock(hashtextextended($1, 4))', [`${scope.firmId}/${uploadId}`]);
    return await this.find(scope, uploadId);
  }

  async add(scope: FirmScope, matterId: string, metadata: DocumentMetadata, bytes: StoredBytes | null): Promise<void> {
    const id = metadata.upload_id;
    await scope.change(
      `insert into documents (firm_id, upload_id, matter_id, document_id, replaces_upload_id, file_name_enc, folder_enc, content_type, status, state,
         sha256, size_bytes, store_id, search, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received', $10, $11, $12, $13, $14, $14)`,
      [
        scope.firmId,
        id,
        matterId,
        metadata.document_id ?? null,
        metadata.replaces_upload_id ?? null,
        this.cipher.sealText(place(scope.firmId, id, 'file_name_enc'), metadata.file_name),
        metadata.folder ? this.cipher.sealText(place(scope.firmId, id, 'folder_enc'), metadata.folder) : null,
        metadata.content_type,
        metadata.status,
        bytes?.sha256 ?? null,
        bytes?.sizeBytes ?? null,
        bytes?.storeId ?? null,
        this.hasher.words(scope.firmId, [metadata.file_name]),
        this.clock.now(),
      ],
    );
  }

  async change(scope: FirmScope, uploadId: string, change: Partial<DocumentRow>): Promise<void> {
    const columns = Object.keys(change);
    const sets = columns.map((column, at) => `, ${column} = $${at + 4}`).join('');
    await scope.change(`update documents set updated_at = $3${sets} where firm_id = $1 and upload_id = $2`, [
      scope.firmId,
      uploadId,
      this.clock.now(),
      ...Object.values(change),
    ]);
  }

  /** Approved documents of a matter that Smokeball does not have yet, oldest first. */
  async unsent(scope: FirmScope, matterId: string): Promise<DocumentRow[]> {
    return await scope.query<DocumentRow>(
      `select ${COLUMNS} from documents where firm_id = $1 and matter_id = $2 and status = 'approved' and state <> 'confirmed' order by created_at, upload_id`,
      [scope.firmId, matterId],
    );
  }

  async ofMatter(
    scope: FirmScope,
    matterId: string,
    limit: number,
    offset: number,
  ): Promise<{ rows: DocumentRow[]; total: number }> {
    const rows = await scope.query<DocumentRow>(
      `select ${COLUMNS} from documents where firm_id = $1 and matter_id = $2 order by created_at desc, upload_id limit $3 offset $4`,
      [scope.firmId, matterId, limit, offset],
    );
    const count = await scope.one<{ total: number }>(
      'select count(*)::int as total from documents where firm_id = $1 and matter_id = $2',
      [scope.firmId, matterId],
    );
    return { rows, total: count?.total ?? 0 };
  }

  /** The Smokeball file that this upload is a new version of: that of the upload it replaces, or of the same document. */
  async earlierFile(scope: FirmScope, row: DocumentRow): Promise<string | null> {
    const earlier = await scope.one<{ smokeball_file_id: string }>(
      `select smokeball_file_id from documents where firm_id = $1 and matter_id = $2 and upload_id <> $3 and smokeball_file_id is not null
         and (upload_id = $4 or ($5::text is not null and document_id = $5)) order by (upload_id = $4) desc, created_at desc limit 1`,
      [scope.firmId, row.matter_id, row.upload_id, row.replaces_upload_id, row.document_id],
    );
    return earlier?.smokeball_file_id ?? null;
  }

  /** Whether a version of a file came from here, or may have: an upload of ours is under way into it. */
  async isOurVersion(scope: FirmScope, fileId: string, versionId: string | null): Promise<boolean> {
    const row = await scope.one(
      `select 1 from documents where firm_id = $1 and smokeball_file_id = $2
         and (smokeball_version_id = $3 or (smokeball_version_id is null and state not in ('failed', 'confirmed'))) limit 1`,
      [scope.firmId, fileId, versionId],
    );
    return row !== null;
  }

  /** Which upload each version of a Smokeball file came from. */
  async versionsOf(scope: FirmScope, fileId: string): Promise<Map<string, string>> {
    const rows = await scope.query<{ upload_id: string; smokeball_version_id: string }>(
      `select upload_id, smokeball_version_id from documents
        where firm_id = $1 and smokeball_file_id = $2 and smokeball_version_id is not null`,
      [scope.firmId, fileId],
    );
    return new Map(rows.map((row) => [row.smokeball_version_id, row.upload_id]));
  }

  async names(scope: FirmScope, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await scope.query<DocumentRow>(
      `select ${COLUMNS} from documents where firm_id = $1 and upload_id = any ($2)`,
      [scope.firmId, ids],
    );
    return new Map(rows.map((row) => [row.upload_id, this.fileName(scope.firmId, row)]));
  }

  fileName(firmId: string, row: DocumentRow): string {
    return this.cipher.openText(place(firmId, row.upload_id, 'file_name_enc'), row.file_name_enc);
  }

  folder(firmId: string, row: DocumentRow): string | null {
    return row.folder_enc && this.cipher.openText(place(firmId, row.upload_id, 'folder_enc'), row.folder_enc);
  }
}
