import { Injectable } from '@nestjs/common';
import type { DocumentMetadata, MatterDocument } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { Firms } from '@matterline/auth';
import { ApiError, ChangeNotices, Database, type FirmScope } from '@matterline/platform';
import { MatterPlanner } from '@matterline/sync';
import { ByteStore, type StoredBytes } from './byte-store';
import { columnsOf, type DocumentRow, DocumentStore } from './document-store';
import { documentView } from './document-view';

@Injectable()
export class TakeParts {
  constructor(
    readonly audit: AuditTrail,
    readonly changes: ChangeNotices,
  ) {}
}

/** `named`: its bytes are still to be fetched. `known`: they are here, or were. */
export type Announced = 'named' | 'known' | 'other_matter';

/** Takes a document whose bytes are stored, and starts sending it if it is approved. Source: docs/http-api.md#documents. */
@Injectable()
export class TakeDocument {
  constructor(
    private readonly database: Database,
    private readonly store: DocumentStore,
    private readonly bytes: ByteStore,
    private readonly firms: Firms,
    private readonly planner: MatterPlanner,
    private readonly parts: TakeParts,
  ) {}

  /** @throws ApiError 404 for an unknown matter. */
  async requireMatter(firmId: string, matterId: string): Promise<void> {
    const known = await this.database.forFirm(firmId, (scope) =>
      scope.one('select 1 from matters where firm_id = $1 and matter_id = $2', [firmId, matterId]),
    );
    if (!known) throw ApiError.notFound('matter');
  }

  /**
   * The bytes belong to this call: they are erased when they are not needed.
   * @throws ApiError 422 `hash_mismatch`; 409 `conflict` for the same upload with other bytes or on another matter.
   */
  async take(
    firmId: string,
    matterId: string,
    metadata: DocumentMetadata,
    bytes: StoredBytes,
    actor: string,
  ): Promise<MatterDocument> {
    try {
      requireHash(metadata, bytes);
      return await this.database.forFirm(firmId, async (scope) => {
        const known = await this.store.lock(scope, metadata.upload_id);
        if (known) requireSame(known, matterId, bytes);
        if (!known) await this.store.add(scope, matterId, metadata, bytes);
        else if (known.sha256 === null) await this.store.change(scope, metadata.upload_id, columnsOf(bytes));
        else await this.bytes.erase(scope, bytes.storeId);
        if (known && known.status !== metadata.status && known.status !== 'approved')
          await this.store.change(scope, metadata.upload_id, { status: metadata.status });
        await this.startSending(scope, matterId);
        await this.parts.changes.announce(scope, { kind: 'document', id: metadata.upload_id });
        await this.parts.audit.record(scope, {
          actor,
          action: 'document.take',
          subject: `document:${metadata.upload_id}`,
          detail: { matter_id: matterId, status: metadata.status, sha256: bytes.sha256, size_bytes: bytes.sizeBytes },
        });
        return await this.viewOf(scope, metadata.upload_id);
      });
    } catch (error) {
      await this.database.forFirm(firmId, (scope) => this.bytes.erase(scope, bytes.storeId)).catch(() => undefined);
      throw error;
    }
  }

  /** A document that CaseHug has named and whose bytes are fetched when it is sent. One that is known already stays as it is. */
  async announce(firmId: string, matterId: string, metadata: DocumentMetadata): Promise<Announced> {
    return await this.database.forFirm(firmId, async (scope) => {
      const known = await this.store.lock(scope, metadata.upload_id);
      if (known && known.matter_id !== matterId) return 'other_matter';
      if (!known) await this.store.add(scope, matterId, metadata, null);
      else if (known.status !== 'approved')
        await this.store.change(scope, metadata.upload_id, { status: metadata.status });
      await this.startSending(scope, matterId);
      await this.parts.changes.announce(scope, { kind: 'document', id: metadata.upload_id });
      if (known?.status === 'approved') return known.sha256 === null ? 'named' : 'known';
      await this.parts.audit.record(scope, {
        actor: 'casehug',
        action: 'document.take',
        subject: `document:${metadata.upload_id}`,
        detail: { matter_id: matterId, status: metadata.status },
      });
      return known === null || known.sha256 === null ? 'named' : 'known';
    });
  }

  /** With the firm's automatic sync on, an approved document takes its whole matter along. */
  private async startSending(scope: FirmScope, matterId: string): Promise<void> {
    const { settings } = await this.firms.read(scope);
    const waiting = await this.store.unsent(scope, matterId);
    if (!settings.auto_sync_on_approval || waiting.length === 0) return;
    await this.planner.plan(scope, { matterId, trigger: 'auto' });
  }

  private async viewOf(scope: FirmScope, uploadId: string): Promise<MatterDocument> {
    const row = await this.store.find(scope, uploadId);
    if (!row) throw ApiError.notFound('document');
    return documentView(row, this.store.fileName(scope.firmId, row));
  }
}

function requireHash(metadata: DocumentMetadata, bytes: StoredBytes): void {
  if (!metadata.sha256 || metadata.sha256.toLowerCase() === bytes.sha256) return;
  throw new ApiError(
    'hash_mismatch',
    'The bytes that arrived are not those that sha256 describes. Send the file again.',
    { expected: metadata.sha256.toLowerCase(), received: bytes.sha256 },
  );
}

function requireSame(known: DocumentRow, matterId: string, bytes: StoredBytes): void {
  if (known.matter_id !== matterId) throw new ApiError('conflict', 'This upload belongs to another matter.');
  if (known.sha256 !== null && known.sha256 !== bytes.sha256)
    throw new ApiError('conflict', 'This upload was sent before with other bytes. Give new bytes a new upload_id.');
}
