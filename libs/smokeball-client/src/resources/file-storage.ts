import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { errors, request, type Dispatcher } from 'undici';
import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import { defaultDispatcher } from '../http/default-dispatcher';
import { exchange } from '../http/exchange';
import { readLimited } from '../http/read-limited';
import { startMarker, type StartMark } from '../http/start-marker';
import { downloadBreak, storageRefusal, uploadResult } from './storage-result';
import { watchedSource } from './watched-source';

/** Storage moves whole documents, so it gets longer than an API call. */
export const STORAGE_TIMEOUT_MS = 5 * 60_000;
const MAX_STORAGE_ANSWER_BYTES = 64 * 1024;
const DOWNLOAD_IDLE_MS = 30_000;

/** What an exchange with storage needs to know: no lane, since storage stands outside the rate budget. */
export type StorageContext = Pick<CallContext, 'requestId' | 'signal' | 'timeoutMs'>;

export interface Download {
  /** Must be read to its end or destroyed. Breaks with an error when storage stops sending. */
  readonly body: Readable;
  /** From `Content-Length`; null when storage does not say. */
  readonly sizeBytes: number | null;
}

/** The bytes behind presigned addresses. Neither key nor token is sent, and no request passes the rate gate. docs/smokeball-api.md#files */
export class FileStorage {
  constructor(private readonly dispatcher: Dispatcher | undefined) {}

  /**
   * Puts the bytes of one file version. The address is signed for an empty `Content-Type`, so exactly that is sent.
   * Putting the same bytes again to the same address is harmless until it expires (`upload_expired`: ask for a new one).
   * @param sizeBytes exact length; a stream that yields more or less fails with `size_mismatch`
   * @throws what the given stream itself fails with
   */
  async upload(
    uploadUrl: string,
    bytes: Readable | Uint8Array,
    sizeBytes: number,
    context: StorageContext,
  ): Promise<CallResult<void>> {
    const requestId = context.requestId ?? randomUUID();
    const timeoutMs = context.timeoutMs ?? STORAGE_TIMEOUT_MS;
    const source = watchedSource(bytes);
    const answer = await exchange(
      this.dispatcher ?? defaultDispatcher(),
      {
        method: 'PUT',
        url: uploadUrl,
        headers: { 'content-type': '', 'content-length': String(sizeBytes) },
        body: source.body,
      },
      { timeoutMs, maxAnswerBytes: MAX_STORAGE_ANSWER_BYTES, signal: context.signal },
    );
    if (bytes instanceof Readable) bytes.destroy();
    if (!answer.ok && source.failure.has) throw source.failure.error;
    return uploadResult(answer, requestId, timeoutMs);
  }

  /** Fetches the bytes behind `DownloadInfo.downloadUrl`. `timeoutMs` counts until the answer begins; after that silence of 30 s breaks it. */
  async download(downloadUrl: string, context: StorageContext): Promise<CallResult<Download>> {
    const requestId = context.requestId ?? randomUUID();
    const mark: StartMark = { hasStarted: false };
    try {
      const answer = await request(downloadUrl, {
        dispatcher: (this.dispatcher ?? defaultDispatcher()).compose(startMarker(mark)),
        method: 'GET',
        signal: context.signal,
        headersTimeout: context.timeoutMs ?? STORAGE_TIMEOUT_MS,
        bodyTimeout: DOWNLOAD_IDLE_MS,
      });
      const { statusCode: status, headers } = answer;
      if (status === 200) {
        const length = headers['content-length'];
        const sizeBytes = typeof length === 'string' ? Number(length) : null;
        return { ok: true, status, data: { body: answer.body, sizeBytes }, requestId };
      }
      const body = await readLimited(answer.body, MAX_STORAGE_ANSWER_BYTES);
      return { ok: false, failure: storageRefusal({ status, headers, body: body ?? Buffer.alloc(0) }, requestId) };
    } catch (error) {
      if (error instanceof errors.InvalidArgumentError) throw error;
      return { ok: false, failure: downloadBreak(error, mark, context.signal, requestId) };
    }
  }
}
