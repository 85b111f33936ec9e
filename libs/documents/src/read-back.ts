import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { DocumentChange, DocumentHistory } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { PersonReads } from '@matterline/auth';
import { MatterStore } from '@matterline/matter-mapping';
import { ApiError, Database } from '@matterline/platform';
import type { FileHistoryEntry, SmokeballFile } from '@matterline/smokeball-client';
import { type DocumentRow, DocumentStore } from './document-store';
import { notingBytes } from './passing-bytes';

/** Where a document's file stands in Smokeball. */
interface Place {
  readonly row: DocumentRow;
  readonly matterId: string;
  readonly fileId: string;
  /** Which of our uploads each version came from. */
  readonly uploads: ReadonlyMap<string, string>;
}

/** Somebody waits; silence in the middle has its own limit. */
const ANSWERS_WITHIN_MS = 15_000;

export interface VersionBytes {
  readonly body: Readable;
  readonly sizeBytes: number | null;
  readonly fileName: string;
}

/** What Smokeball has of a document: its history and the bytes of each version, read there when asked and not kept. */
@Injectable()
export class ReadBack {
  constructor(
    private readonly database: Database,
    private readonly store: DocumentStore,
    private readonly matters: MatterStore,
    private readonly smokeball: PersonReads,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ApiError 404 for an unknown document, 409 for one that is not in Smokeball yet, and as `PersonReads.read`. */
  async history(firmId: string, matterId: string, uploadId: string): Promise<DocumentHistory> {
    const place = await this.place(firmId, matterId, uploadId);
    const asked = { firmId, what: 'this document', isRecord: true };
    const file = await this.smokeball.read(asked, ({ files }, call) => files.get(place.matterId, place.fileId, call));
    const entries = await this.smokeball.read(asked, ({ files }, call) =>
      files.history(place.matterId, place.fileId, call),
    );
    return {
      upload_id: uploadId,
      smokeball_file_id: place.fileId,
      file_name: nameOf(file),
      size_bytes: file.sizeBytes ?? null,
      current_version_id: file.versionId ?? null,
      is_deleted: file.isDeleted,
      changes: entries.map((entry) => changeOf(entry, place)).sort((a, b) => (b.at ?? '').localeCompare(a.at ?? '')),
    };
  }

  /**
   * The bytes of one version as Smokeball has them; the current one's without a version.
   * @throws ApiError as {@link history}, and 404 for an unknown version
   */
  async content(
    firmId: string,
    { matterId, uploadId, versionId }: { matterId: string; uploadId: string; versionId: string | undefined },
    actor: string,
  ): Promise<VersionBytes> {
    const place = await this.place(firmId, matterId, uploadId);
    await this.database.forFirm(firmId, (scope) =>
      this.audit.record(scope, {
        actor,
        action: 'document.read',
        subject: `document:${uploadId}`,
        detail: { version_id: versionId ?? null },
      }),
    );
    const what = versionId === undefined ? 'this document' : 'this version of the document';
    return await this.smokeball.read({ firmId, what, isRecord: true }, async ({ files }, call) => {
      const info = await files.downloadInfo(place.matterId, place.fileId, versionId, call);
      if (!info.ok) return info;
      const bytes = await files.downloadBytes(info.data.downloadUrl, { timeoutMs: ANSWERS_WITHIN_MS });
      // Storage's own refusals say nothing about the document: its address may have ended meanwhile.
      if (!bytes.ok) return { ok: false, failure: { ...bytes.failure, kind: 'server_error' } };
      const { body, sizeBytes } = bytes.data;
      return { ...bytes, data: { body: Readable.from(notingBytes(body)), sizeBytes, fileName: nameOf(info.data) } };
    });
  }

  private async place(firmId: string, matterId: string, uploadId: string): Promise<Place> {
    return await this.database.forFirm(firmId, async (scope) => {
      const row = await this.store.find(scope, uploadId);
      if (row?.matter_id !== matterId) throw ApiError.notFound('document');
      const matter = await this.matters.find(scope, matterId);
      if (row.smokeball_file_id === null || !matter?.link.smokeball_matter_id)
        throw new ApiError('conflict', 'This document is not in Smokeball yet.', { state: row.state });
      const uploads = await this.store.versionsOf(scope, row.smokeball_file_id);
      return { row, matterId: matter.link.smokeball_matter_id, fileId: row.smokeball_file_id, uploads };
    });
  }
}

function changeOf(entry: FileHistoryEntry, { uploads }: Place): DocumentChange {
  const version = entry.documentVersionId ?? null;
  return {
    change: entry.changeType ?? 'Change',
    at: momentOf(entry.timestamp),
    old_name: entry.oldName ?? null,
    new_name: entry.newName ?? null,
    version_id: version,
    upload_id: (version && uploads.get(version)) ?? null,
    user_id: entry.userId ?? null,
  };
}

/** Smokeball writes up to seven digits of a second. */
function momentOf(text: string | undefined): string | null {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** Half a surrogate pair cannot stand in a header, nor in UTF-8. */
const nameOf = ({ name, fileExtension }: Pick<SmokeballFile, 'name' | 'fileExtension'>) =>
  Buffer.from(`${name ?? 'document'}${fileExtension ?? ''}`).toString();
