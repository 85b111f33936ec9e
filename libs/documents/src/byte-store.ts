import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock, Database, FieldCipher, type FirmScope, newId } from '@matterline/platform';
import { noteBytesPassed } from './passing-bytes';

/** Pieces of this size are sealed one by one, so that a file is never whole in memory. */
export const PIECE_BYTES = 24 * 1024;

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
    // One for the whole file: what comes from the network is let go of at once.
    const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
    let filled = 0;
    const flush = async () => {
      if (filled === 0) return;
      await this.putPiece(firmId, storeId, part, piece.subarray(0, filled));
      part += 1;
      filled = 0;
    };
    try {
      for await (const chunk of bytes) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) throw new TooManyBytes();
        hash.update(chunk);
        noteBytesPassed(chunk.length);
        for (let at = 0; at < chunk.length;) {
          const copied = chunk.copy(piece, filled, at);
          at += copied;
          filled += copied;
          if (filled === PIECE_BYTES) await flush();
        }
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
      noteBytesPassed(row.bytes_enc.length);
      yield this.cipher.openBytes(piecePlace(firmId, storeId, part), row.bytes_enc);
    }
  }
}

const piecePlace = (firmId: string, storeId: string, part: number) => ({
  firmId,
  field: 'document_chunks.bytes_enc',
  rowId: `${storeId}/${part}`,
});
