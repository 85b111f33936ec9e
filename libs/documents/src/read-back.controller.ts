import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { documentContentQuerySchema, type DocumentHistory, type Envelope } from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { parseOrThrow } from '@matterline/platform';
import { create as disposition } from 'content-disposition';
import type { FastifyReply } from 'fastify';
import { ReadBack } from './read-back';

const UNREAD_MS = 60_000;

/** What Smokeball has of a document. Source: docs/http-api.md#documents. */
@ApiTags('documents')
@Controller('api/v1/matters/:casehug_matter_id/documents/:upload_id')
export class ReadBackController {
  constructor(private readonly readBack: ReadBack) {}

  /** The changes of its file as Smokeball remembers them, newest first, with which of our uploads each version came from. */
  @Get('history')
  @Policy({ allow: { scope: 'matters:read' }, audit: { none: 'reading by the firm’s own services' } })
  async history(
    @Caller() caller: Caller,
    @Param('casehug_matter_id') matterId: string,
    @Param('upload_id') uploadId: string,
  ): Promise<Envelope<DocumentHistory>> {
    return { data: await this.readBack.history(caller.firmId, matterId, uploadId) };
  }

  /** The bytes of a version as they stand in Smokeball, always as a download and never as a page. */
  @Get('content')
  @Policy({ allow: { scope: 'matters:read' }, audit: 'document.read' })
  async content(
    @Caller() caller: Caller,
    @Param('casehug_matter_id') matterId: string,
    @Param('upload_id') uploadId: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { version_id: versionId } = parseOrThrow(documentContentQuerySchema, query);
    const file = await this.readBack.content(caller.firmId, { matterId, uploadId, versionId }, caller.actor);
    // Whoever asks and then does not read holds a connection to storage open.
    reply.raw.setTimeout(UNREAD_MS, () => reply.raw.destroy());
    void reply.header('Content-Disposition', disposition(file.fileName));
    return new StreamableFile(file.body, { length: file.sizeBytes ?? undefined });
  }
}
