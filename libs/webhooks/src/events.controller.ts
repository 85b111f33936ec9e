import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Envelope, type EventDetail, eventReplaySchema, type Replayed } from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { parseOrThrow } from '@matterline/platform';
import { EventDetails } from './event-details';
import { Replay } from './outgoing/replay';

/** One event, and sending it again. Source: docs/http-api.md#our-events. */
@ApiTags('webhooks')
@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly details: EventDetails,
    private readonly replays: Replay,
  ) {}

  /** With each address it went to: state, tries, and when the next is due. */
  @Get(':id')
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of types, states and codes' } })
  async read(@Caller() caller: Caller, @Param('id') id: string): Promise<Envelope<EventDetail>> {
    return { data: await this.details.read(caller.firmId, id) };
  }

  /** Sends it again, under the same `webhook-id`, to every address that it went to or to `webhook_id`. */
  @Post(':id/replay')
  @HttpCode(202)
  @Policy({ allow: { scope: 'webhooks:write' }, audit: 'event.replay' })
  async replay(@Caller() caller: Caller, @Param('id') id: string, @Body() body: unknown): Promise<Envelope<Replayed>> {
    const wish = parseOrThrow(eventReplaySchema, body ?? {});
    return { data: await this.replays.event(caller.firmId, id, wish, caller.actor) };
  }
}
