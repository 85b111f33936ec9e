import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  DOCUMENT_MAX_BYTES,
  type DocumentMetadata,
  type Envelope,
  type Listed,
  type MatterDocument,
  pageQuerySchema,
} from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import {
  AnyBody,
  ApiError,
  Database,
  IdempotencyKeys,
  listed,
  offsetOf,
  OwnIdempotency,
  parseOrThrow,
  sha256Hex,
} from '@matterline/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ByteStore, type StoredBytes, TooManyBytes } from './byte-store';
import { DocumentStore } from './document-store';
import { documentView } from './document-view';
import { Download } from './download';
import { readAddress, readUpload } from './read-upload';
import { TakeDocument } from './take-document';

const tooLarge = () =>
  new ApiError('payload_too_large', 'A file may have up to 100 MB.', { max_bytes: DOCUMENT_MAX_BYTES });

/** Documents of a matter. Source: docs/http-api.md#documents. */
@ApiTags('documents')
@Controller('api/v1/matters/:casehug_matter_id/documents')
export class DocumentsController {
  constructor(
    private readonly takeDocument: TakeDocument,
    private readonly store: DocumentStore,
    private readonly bytes: ByteStore,
    private readonly database: Database,
    private readonly download: Download,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  /** Takes a document: multipart `metadata` then `file`, or JSON metadata with `download_url`, which is fetched at once. */
  @Post()
  @HttpCode(202)
  @AnyBody()
  @OwnIdempotency()
  @ApiConsumes('multipart/form-data', 'application/json')
  @Policy({ allow: { scope: 'documents:write' }, audit: 'document.take' })
  async take(
    @Caller() caller: Caller,
    @Param('casehug_matter_id') matterId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Envelope<MatterDocument>> {
    const { metadata, stored } = await this.receive(caller.firmId, matterId, request);
    const fingerprint = sha256Hex(JSON.stringify([metadata, stored.sha256]));
    let isTaken = false;
    try {
      const answer = await this.idempotency.once(
        caller.firmId,
        request,
        fingerprint,
        () => 202,
        async () => {
          isTaken = true;
          return { data: await this.takeDocument.take(caller.firmId, matterId, metadata, stored, caller.actor) };
        },
      );
      void reply.status(answer.status);
      return answer.body;
    } finally {
      // A repeat gets the first answer; the bytes that came with it belong to nothing.
      if (!isTaken) await this.forget(caller.firmId, stored);
    }
  }

  /** The documents with their versions and where each stands, newest first. */
  @Get()
  @Policy({ allow: { scope: 'matters:read' }, audit: { none: 'reading by the firm’s own services' } })
  async list(
    @Caller() caller: Caller,
    @Param('casehug_matter_id') matterId: string,
    @Query() query: unknown,
  ): Promise<Listed<MatterDocument>> {
    const page = parseOrThrow(pageQuerySchema, query);
    const offset = offsetOf(page);
    await this.takeDocument.requireMatter(caller.firmId, matterId);
    return await this.database.forFirm(caller.firmId, async (scope) => {
      const { rows, total } = await this.store.ofMatter(scope, matterId, page.per_page, offset);
      return listed(
        rows.map((row) => documentView(row, this.store.fileName(caller.firmId, row))),
        total,
        page,
      );
    });
  }

  private async receive(
    firmId: string,
    matterId: string,
    request: FastifyRequest,
  ): Promise<{ metadata: DocumentMetadata; stored: StoredBytes }> {
    if (request.isMultipart()) {
      await this.takeDocument.requireMatter(firmId, matterId);
      const upload = await readUpload(request);
      const stored = await this.storeBytes(firmId, upload.bytes);
      const surplus = await upload.surplus();
      if (surplus !== null) {
        await this.database.forFirm(firmId, (scope) => this.bytes.erase(scope, stored.storeId));
        throw ApiError.validation([
          { field: surplus, message: 'is one part too many: send one metadata and one file' },
        ]);
      }
      if (upload.isTruncated()) throw tooLarge();
      return { metadata: upload.metadata, stored };
    }
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      throw new ApiError(
        'unsupported_media_type',
        'Send multipart/form-data with metadata and file, or JSON with a download_url.',
      );
    }
    if (request.bodyUnreadable) throw new ApiError('bad_request', 'The body is not valid JSON.');
    const metadata = readAddress(request.body);
    await this.takeDocument.requireMatter(firmId, matterId);
    return { metadata, stored: await this.storeBytes(firmId, await this.download.fetch(metadata.download_url)) };
  }

  private async forget(firmId: string, { storeId }: StoredBytes): Promise<void> {
    await this.database.forFirm(firmId, (scope) => this.bytes.erase(scope, storeId));
  }

  private async storeBytes(firmId: string, bytes: AsyncIterable<Buffer>): Promise<StoredBytes> {
    try {
      return await this.bytes.put(firmId, bytes, DOCUMENT_MAX_BYTES);
    } catch (error) {
      throw error instanceof TooManyBytes ? tooLarge() : error;
    }
  }
}
