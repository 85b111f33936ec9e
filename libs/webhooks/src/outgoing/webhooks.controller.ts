import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Accepted,
  type Envelope,
  type Listed,
  type NewWebhook,
  pageQuerySchema,
  type Replayed,
  type Webhook,
  webhookCreateSchema,
  webhookReplaySchema,
} from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { listed, offsetOf, parseOrThrow } from '@matterline/platform';
import { Endpoints } from './endpoints';
import { Replay } from './replay';

/** Where we notify CaseHug. Source: docs/http-api.md#service-api. */
@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly replays: Replay,
  ) {}

  /** Registers an address; `signing_secret` comes back this once. */
  @Post()
  @Policy({ allow: { scope: 'webhooks:write' }, audit: 'webhook.create' })
  async create(@Caller() caller: Caller, @Body() body: unknown): Promise<Envelope<NewWebhook>> {
    return { data: await this.endpoints.add(caller.firmId, parseOrThrow(webhookCreateSchema, body), caller.actor) };
  }

  /** The registered addresses, newest first. */
  @Get()
  @Policy({ allow: { scope: 'webhooks:write' }, audit: { none: 'reading of settings' } })
  async list(@Caller() caller: Caller, @Query() query: unknown): Promise<Listed<Webhook>> {
    const page = parseOrThrow(pageQuerySchema, query);
    const offset = offsetOf(page);
    const all = await this.endpoints.list(caller.firmId);
    return listed(all.slice(offset, offset + page.per_page), all.length, page);
  }

  /** Removes an address; what was still to be sent there is dropped. */
  @Delete(':id')
  @HttpCode(204)
  @Policy({ allow: { scope: 'webhooks:write' }, audit: 'webhook.delete' })
  async remove(@Caller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.endpoints.remove(caller.firmId, id, caller.actor);
  }

  /** Sends a `webhook.test` event there. */
  @Post(':id/test')
  @HttpCode(202)
  @Policy({ allow: { scope: 'webhooks:write' }, audit: 'webhook.test' })
  async test(@Caller() caller: Caller, @Param('id') id: string): Promise<Envelope<Accepted>> {
    await this.endpoints.test(caller.firmId, id, caller.actor);
    return { data: { accepted: true } };
  }

  /** Sends again all that is held for it, in the order in which it happened and under the same `webhook-id`s. */
  @Post(':id/replay')
  @HttpCode(202)
  @Policy({ allow: { scope: 'webhooks:write' }, audit: 'webhook.replay' })
  async replay(@Caller() caller: Caller, @Param('id') id: string, @Body() body: unknown): Promise<Envelope<Replayed>> {
    const wish = parseOrThrow(webhookReplaySchema, body ?? {});
    return { data: await this.replays.webhook(caller.firmId, id, wish, caller.actor) };
  }
}
