import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Intake } from './intake';

const PIECE_BYTES = 256 * 1024;
const PIECE_EVERY_MS = 20;
const BOUNDARY = 'a-slow-upload';

export interface SlowUpload {
  /** Resolves when so many bytes of the file have left. */
  untilSent(bytes: number): Promise<void>;
  /** The answer's status; null when the connection broke. */
  readonly ended: Promise<number | null>;
}

/** Sends a document piece by piece, as over a slow line. */
export function slowUpload(url: string, apiKey: string, { uploadId, file }: Intake): SlowUpload {
  const metadata = { upload_id: uploadId, file_name: file.name, content_type: 'application/pdf', status: 'approved' };
  const head =
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="metadata"\r\n\r\n${JSON.stringify(metadata)}\r\n` +
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/pdf\r\n\r\n`;
  const outgoing = request(url, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  });
  let sent = 0;
  let isOver = false;
  const ended = new Promise<number | null>((resolve) => {
    outgoing.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    outgoing.once('error', () => resolve(null));
  }).finally(() => (isOver = true));
  const send = async () => {
    outgoing.write(head);
    for (; sent < file.bytes.length && !isOver; sent += PIECE_BYTES) {
      outgoing.write(file.bytes.subarray(sent, sent + PIECE_BYTES));
      await pause(PIECE_EVERY_MS);
    }
    if (!isOver) outgoing.end(`\r\n--${BOUNDARY}--\r\n`);
  };
  void send();
  return {
    ended,
    untilSent: async (bytes) => {
      while (sent < bytes && !isOver) await pause(PIECE_EVERY_MS);
    },
  };
}
