import { Injectable } from '@nestjs/common';
import { DOCUMENT_MAX_BYTES } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import type { FirmScope } from '@matterline/platform';
import { failed, type Failed } from '@matterline/sync';
import { CaseHugApi } from '@matterline/webhooks';
import { ByteStore, type StoredBytes, TooManyBytes } from './byte-store';
import { columnsOf, DocumentStore } from './document-store';
import { guardedBody } from './guarded-body';

/** A transaction of the one who holds the document's operation. */
type InTurn = <T>(work: (scope: FirmScope) => Promise<T>) => Promise<T>;

/** Brings the bytes of a document that CaseHug only named. Source: docs/casehug.md. */
@Injectable()
export class FetchDocument {
  constructor(
    private readonly api: CaseHugApi,
    private readonly bytes: ByteStore,
    private readonly store: DocumentStore,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns null when the bytes are stored with the document, else why not */
  async fetch(firmId: string, uploadId: string, inTurn: InTurn): Promise<Failed | null> {
    const reader = await this.api.forFirm(firmId);
    if (!reader) return failed('file_bytes_gone');
    const answer = await reader.download(uploadId);
    if (!answer.ok) return failed(answer.why === 'away' ? 'casehug_unavailable' : 'file_gone');
    try {
      const body = guardedBody(answer.data, () => new BrokeOff());
      const stored = await this.bytes.put(firmId, body, DOCUMENT_MAX_BYTES);
      await this.keep(stored, uploadId, inTurn);
      return null;
    } catch (error) {
      if (error instanceof TooManyBytes) return failed('file_too_large');
      if (error instanceof BrokeOff) return failed('casehug_unavailable', 'the file broke off');
      throw error;
    }
  }

  /** CaseHug may have sent the same upload itself while it was fetched: what it was answered then stays true. */
  private async keep(stored: StoredBytes, uploadId: string, inTurn: InTurn): Promise<void> {
    await inTurn(async (scope) => {
      const row = await this.store.lock(scope, uploadId);
      if (row?.sha256 !== null) return await this.bytes.erase(scope, stored.storeId);
      await this.store.change(scope, uploadId, columnsOf(stored));
      await this.audit.record(scope, {
        actor: 'casehug',
        action: 'document.fetch',
        subject: `document:${uploadId}`,
        detail: { sha256: stored.sha256, size_bytes: stored.sizeBytes },
      });
    });
  }
}

class BrokeOff extends Error {}
