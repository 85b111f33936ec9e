import type { MultipartFile } from '@fastify/multipart';
import { DOCUMENT_MAX_BYTES, type DocumentMetadata, documentMetadataSchema } from '@matterline/contracts';
import { ApiError, faultsOf, parseOrThrow } from '@matterline/platform';
import type { FastifyRequest } from 'fastify';

const METADATA_MAX = 64 * 1024;

export interface Upload {
  readonly metadata: DocumentMetadata;
  readonly bytes: AsyncIterable<Buffer>;
  /** What follows the file, which must be nothing; to be asked once the file is read. */
  readonly surplus: () => Promise<string | null>;
  /** The file was cut off at the limit. */
  readonly isTruncated: () => boolean;
}

const unreadable = () =>
  new ApiError('bad_request', 'The multipart body could not be read. Check its boundary and that it is whole.');

const wrong = (field: string, message: string) => ApiError.validation([{ field, message }]);

/** Reads `metadata`, then hands out `file` as a stream. @throws ApiError `validation_error` when either is missing or wrong. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  try {
    return await readParts(request);
  } catch (error) {
    throw error instanceof ApiError ? error : unreadable();
  }
}

async function readParts(request: FastifyRequest): Promise<Upload> {
  const parts = request.parts({
    limits: { fieldSize: METADATA_MAX, fields: 20, files: 2, fileSize: DOCUMENT_MAX_BYTES + 1, parts: 30 },
  });
  let metadata: DocumentMetadata | null = null;
  for (;;) {
    const next = await parts.next();
    if (next.done) break;
    const part = next.value;
    if (part.type === 'field') {
      if (part.fieldname === 'metadata' && metadata) throw wrong('metadata', 'must be sent once');
      if (part.fieldname === 'metadata') metadata = readMetadata(part.value, part.valueTruncated);
      continue;
    }
    // Programs that give the part a content type often give it a file name too.
    if (part.fieldname === 'metadata' && !metadata) {
      metadata = readMetadata(await textOf(part.file), false);
      continue;
    }
    if (part.fieldname !== 'file' || !metadata) {
      part.file.resume();
      throw metadata ? wrong(part.fieldname, 'is not expected') : wrong('metadata', 'must come before the file');
    }
    const file: MultipartFile = part;
    return {
      metadata,
      bytes: whole(file.file),
      surplus: () => nextField(parts),
      isTruncated: () => file.file.truncated,
    };
  }
  throw wrong(metadata ? 'file' : 'metadata', 'is required');
}

/** A body that breaks off is the sender's fault, not ours. */
async function* whole(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* file;
  } catch {
    throw unreadable();
  }
}

/** The name of the next part, or null at the end. A second file is more than is taken, and is refused by its number. */
async function nextField(parts: ReturnType<FastifyRequest['parts']>): Promise<string | null> {
  try {
    const next = await parts.next();
    if (next.done) return null;
    if (next.value.type === 'file') next.value.file.resume();
    return next.value.fieldname;
  } catch {
    return 'file';
  }
}

/** @param value parsed already where the part says that it is `application/json` */
function readMetadata(value: unknown, isTruncated: boolean): DocumentMetadata {
  if (isTruncated) throw wrong('metadata', 'must be JSON of at most 64 KB');
  const parsed = documentMetadataSchema.safeParse(typeof value === 'string' ? parsedJson(value) : value);
  if (!parsed.success)
    throw ApiError.validation(faultsOf(parsed.error).map((fault) => ({ ...fault, field: `metadata.${fault.field}` })));
  return parsed.data;
}

async function textOf(part: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of part) {
    size += chunk.length;
    if (size <= METADATA_MAX) chunks.push(chunk);
  }
  if (size > METADATA_MAX) throw wrong('metadata', 'must be JSON of at most 64 KB');
  return Buffer.concat(chunks).toString('utf8');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong('metadata', 'must be valid JSON');
  }
}

/** The JSON form: metadata with the address where the bytes are. */
export function readAddress(body: unknown): DocumentMetadata & { download_url: string } {
  const metadata = parseOrThrow(documentMetadataSchema, body);
  if (!metadata.download_url) throw wrong('download_url', 'is required when the bytes are not sent');
  return { ...metadata, download_url: metadata.download_url };
}
