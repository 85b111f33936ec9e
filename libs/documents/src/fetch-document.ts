import { Injectable } from '@nestjs/common';
import { DOCUMENT_MAX_BYTES } from '@matterline/contracts';
import type { FirmScope } from '@matterline/platform';
import { failed, type Failed } from '@matterline/sync';
import { CaseHugApi } from '@matterline/webhooks';
import { ByteStore, TooManyBytes } from './byte-store';
import { columnsOf, DocumentStore } from './document-store';

/** Brings the bytes of a document that CaseHug only named. Source: docs/casehug.md. */
@Injectable()
export class FetchDocument {
  constructor(
    private readonly api: CaseHugApi,
    private readonly bytes: ByteStore,
    private readonly store: DocumentStore,
  ) {}

  /** @returns null when the bytes are stored with the document, else why not */
  async fetch(
    firmId: string,
    uploadId: string,
    inTurn: <T>(work: (scope: FirmScope) => Promise<T>) => Promise<T>,
  ): Promise<Failed | null> {
    const reader = await this.api.forFirm(firmId);
    if (!reader) return failed('file_bytes_gone');
    const answer = await reader.download(uploadId);
    if (!answer.ok) return failed(answer.why === 'away' ? 'casehug_unavailable' : 'file_gone');
    try {
      const stored = await this.bytes.put(firmId, guarded(answer.data), DOCUMENT_MAX_BYTES);
      await inTurn((scope) => this.store.change(scope, uploadId, columnsOf(stored)));
      return null;
    } catch (error) {
      if (error instanceof TooManyBytes) return failed('file_too_large');
      if (error instanceof BrokeOff) return failed('casehug_unavailable', 'the file broke off');
      throw error;
    }
  }
}

class BrokeOff extends Error {}

async function* guarded(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch {
    throw new BrokeOff();
  }
}
