import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock, Database, FieldCipher, type FirmScope, newId } from '@matterline/platform';

/** Pieces of this size are sealed one by one, so that a file is never whole in memory. */
const PIECE_BYTES = 1024 * 1024;

export interface StoredBytes {
  readonly storeId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

export class TooManyBytes extends Error {}

/** Where a document's bytes wait until Smokeball has them. */
export abstract class ByteStore {
  /** Reads the stream to its end. @throws TooManyBytes; then nothing is left behind. */
  abstract put(firmId: string, bytes: AsyncIterable<Buffer>, maxBytes: number): Promise<StoredBytes>;
  abstract read(firmId: string, storeId: string): Readable;
  abstract erase(scope: FirmScope, storeId: string): Promise<void>;
}

/** Encrypted rows in PostgreSQL: one place to back up, no shared disk. */
@Injectable()
export class RowByteStore extends ByteStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async put(firmId: string, bytes: AsyncIterable<Buffer>, maxBytes: number): Promise<StoredBytes> {
    const storeId = newId('sto');
    const hash = createHash('sha256');
    let sizeBytes = 0;
    let part = 0;
    let pending: Buffer[] = [];
    let pendingBytes = 0;
    const flush = async () => {
      if (pendingBytes === 0) return;
      await this.putPiece(firmId, storeId, part, Buffer.concat(pending));
      part += 1;
      pending = [];
      pendingBytes = 0;
    };
    try {
      for await (const chunk of bytes) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) throw new TooManyBytes();
        hash.update(chunk);
        pending.push(chunk);
        pendingBytes += chunk.length;
        if (pendingBytes >= PIECE_BYTES) await flush();
      }
      await flush();
    } catch (error) {
      await this.database.forFirm(firmId, (scope) => this.erase(scope, storeId)).catch(() => undefined);
      throw error;
    }
    return { storeId, sizeBytes, sha256: hash.digest('hex') };
  }

  override read(firmId: string, storeId: string): Readable {
    return Readable.from(this.pieces(firmId, storeId), { objectMode: false, highWaterMark: PIECE_BYTES });
  }

  override async erase(scope: FirmScope, storeId: string): Promise<void> {
    await scope.change('delete from document_chunks where firm_id = $1 and store_id = $2', [scope.firmId, storeId]);
  }

  private async putPiece(firmId: string, storeId: string, part: number, bytes: Buffer): Promise<void> {
    const sealed = this.cipher.sealBytes(piecePlace(firmId, storeId, part), bytes);
    await this.database.forFirm(firmId, (scope) =>
      scope.change(
        'insert into document_chunks (firm_id, store_id, part, bytes_enc, created_at) values ($1, $2, $3, $4, $5)',
        [firmId, storeId, part, sealed, this.clock.now()],
      ),
    );
  }

  private async *pieces(firmId: string, storeId: string): AsyncGenerator<Buffer> {
    for (let part = 0; ; part += 1) {
      const row = await this.database.forFirm(firmId, (scope) =>
        scope.one<{ bytes_enc: Buffer }>(
          'select bytes_enc from document_chunks where firm_id = $1 and store_id = $2 and part = $3',
          [firmId, storeId, part],
        ),
      );
      if (!row) return;
      yield this.cipher.openBytes(piecePlace(firmId, storeId, part), row.bytes_enc);
    }
  }
}

const piecePlace = (firmId: string, storeId: string, part: number) => ({
  firmId,
  field: 'document_chunks.bytes_enc',
  rowId: `${storeId}/${part}`,
});
