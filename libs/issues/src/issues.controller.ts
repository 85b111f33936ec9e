import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Envelope,
  type Issue,
  type IssueDetail,
  issueFilterSchema,
  issueOwnerSchema,
  issueRetrySchema,
  issueStatusSchema,
  type Listed,
  pageQuerySchema,
  type RetryStart,
} from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { parseOrThrow } from '@matterline/platform';
import type { FastifyReply } from 'fastify';
import { IssueList } from './issue-list';
import { IssueWork } from './issue-work';

/** Failures by their cause. Source: docs/http-api.md#issues. */
@ApiTags('issues')
@Controller('api/v1/issues')
export class IssuesController {
  constructor(
    private readonly issues: IssueList,
    private readonly work: IssueWork,
  ) {}

  /** Open ones first, those seen last first. */
  @Get()
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of ids and codes' } })
  async list(@Caller() caller: Caller, @Query() query: unknown): Promise<Listed<Issue>> {
    const { page, per_page, ...filter } = parseOrThrow(pageQuerySchema.extend(issueFilterSchema.shape), query);
    return await this.issues.list(caller.firmId, filter, { page, per_page });
  }

  /** One with its newest operations. */
  @Get(':id')
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of ids and codes' } })
  async detail(@Caller() caller: Caller, @Param('id') id: string): Promise<Envelope<IssueDetail>> {
    return { data: await this.issues.detail(caller.firmId, id, caller.kind === 'session') };
  }

  /** Acknowledge, resolve, ignore, or open it again. */
  @Post(':id/status')
  @HttpCode(200)
  @Policy({ allow: { scope: 'sync:write' }, audit: 'issue.status' })
  async setStatus(@Caller() caller: Caller, @Param('id') id: string, @Body() body: unknown): Promise<Envelope<Issue>> {
    const { status } = parseOrThrow(issueStatusSchema, body);
    return { data: await this.work.setStatus(caller.firmId, id, status, caller.actor) };
  }

  /** Says who looks after it, or nobody. */
  @Post(':id/owner')
  @HttpCode(200)
  @Policy({ allow: { scope: 'sync:write' }, audit: 'issue.owner' })
  async setOwner(@Caller() caller: Caller, @Param('id') id: string, @Body() body: unknown): Promise<Envelope<Issue>> {
    const { user_id: userId } = parseOrThrow(issueOwnerSchema, body);
    return { data: await this.work.setOwner(caller.firmId, id, userId, caller.actor) };
  }

  /** Opens everything in this issue again, in its original order; a dry run only counts. */
  @Post(':id/retry')
  @HttpCode(202)
  @Policy({ allow: { scope: 'sync:write' }, audit: 'sync.retry' })
  async retry(
    @Caller() caller: Caller,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Envelope<RetryStart>> {
    const isDry = parseOrThrow(issueRetrySchema, body ?? {})?.dry_run ?? false;
    if (isDry) void reply.status(200);
    return { data: await this.work.retry(caller.firmId, id, isDry, caller.actor) };
  }
}
