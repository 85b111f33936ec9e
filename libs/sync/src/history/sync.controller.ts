import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Batch,
  type BatchResult,
  batchResultsQuerySchema,
  type Envelope,
  type Listed,
  type Operation,
  type OperationDetail,
  operationFilterSchema,
  pageQuerySchema,
  retryRequestSchema,
  type RetryStart,
  syncRequestSchema,
  type SyncStart,
} from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { parseOrThrow } from '@matterline/platform';
import type { FastifyReply } from 'fastify';
import { Batches } from '../batches/batches';
import { RetryOperations } from '../batches/retry-operations';
import { SyncMatters } from '../batches/sync-matters';
import { History } from './history';

const isPerson = (caller: Caller) => caller.kind === 'session';

/** The sync history and what can be done there. Source: docs/http-api.md#operations. */
@ApiTags('sync')
@Controller('api/v1/integrations/smokeball/sync')
export class SyncController {
  constructor(
    private readonly history: History,
    private readonly batches: Batches,
    private readonly syncMatters: SyncMatters,
    private readonly retries: RetryOperations,
  ) {}

  /** Syncs the named matters, or all that match; a dry run says what would happen and changes nothing. */
  @Post()
  @HttpCode(202)
  @Policy({ allow: { scope: 'sync:write' }, audit: 'sync.request' })
  async sync(
    @Caller() caller: Caller,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Envelope<SyncStart>> {
    const request = parseOrThrow(syncRequestSchema, body);
    if (request.dry_run) void reply.status(200);
    return { data: await this.syncMatters.run(caller.firmId, request, caller.actor) };
  }

  /** The history, newest first. */
  @Get()
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of ids and codes' } })
  async list(@Caller() caller: Caller, @Query() query: unknown): Promise<Listed<Operation>> {
    const { page, per_page, ...filter } = parseOrThrow(pageQuerySchema.extend(operationFilterSchema.shape), query);
    return await this.history.list(caller.firmId, filter, { page, per_page }, isPerson(caller));
  }

  /** Counts and the time left of a bulk action. */
  @Get('batches/:id')
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of counts' } })
  async batch(@Caller() caller: Caller, @Param('id') id: string): Promise<Envelope<Batch>> {
    return { data: await this.batches.get(caller.firmId, id) };
  }

  /** Stops what has not begun. */
  @Post('batches/:id/cancel')
  @HttpCode(202)
  @Policy({ allow: { scope: 'sync:write' }, audit: 'batch.cancel' })
  async cancel(@Caller() caller: Caller, @Param('id') id: string): Promise<Envelope<Batch>> {
    return { data: await this.batches.cancel(caller.firmId, id, caller.actor) };
  }

  /** One row an operation, as JSON or, with `format=csv`, as a file. */
  @Get('batches/:id/results')
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of ids and codes' } })
  async results(
    @Caller() caller: Caller,
    @Param('id') id: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Envelope<BatchResult[]> | string> {
    const { format } = parseOrThrow(batchResultsQuerySchema, query);
    if (format !== 'csv') return { data: await this.batches.results(caller.firmId, id) };
    void reply
      .header('Content-Type', 'text/csv; charset=utf-8')
      .header('Content-Disposition', `attachment; filename="results.csv"`);
    return await this.batches.resultsCsv(caller.firmId, id);
  }

  /** Opens again all that match, in their original order; a dry run only counts. */
  @Post('retry')
  @HttpCode(202)
  @Policy({ allow: { scope: 'sync:write' }, audit: 'sync.retry' })
  async retryMatching(
    @Caller() caller: Caller,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Envelope<RetryStart>> {
    const request = parseOrThrow(retryRequestSchema, body);
    if (request.dry_run) void reply.status(200);
    return { data: await this.retries.matching(caller.firmId, request.filter, request.dry_run ?? false, caller.actor) };
  }

  /** One operation with its attempts and calls. */
  @Get(':operation_id')
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of ids and codes' } })
  async detail(@Caller() caller: Caller, @Param('operation_id') id: string): Promise<Envelope<OperationDetail>> {
    return { data: await this.history.detail(caller.firmId, id, isPerson(caller)) };
  }

  /** Opens the same operation again; 409 while it runs or after it succeeded. */
  @Post(':operation_id/retry')
  @HttpCode(202)
  @Policy({ allow: { scope: 'sync:write' }, audit: 'sync.retry' })
  async retry(@Caller() caller: Caller, @Param('operation_id') id: string): Promise<Envelope<OperationDetail>> {
    await this.retries.one(caller.firmId, id, caller.actor);
    return { data: await this.history.detail(caller.firmId, id, isPerson(caller)) };
  }
}
