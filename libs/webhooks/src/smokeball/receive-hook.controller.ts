import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Envelope, Stored } from '@matterline/contracts';
import { Policy } from '@matterline/auth';
import { AnyBody } from '@matterline/platform';
import type { FastifyRequest } from 'fastify';
import { hookAnswer } from './hook-answer';
import { deliveryOf, ReceiveHook } from './receive-hook';

/** Smokeball's webhooks. Source: docs/smokeball-api.md#webhooks. */
@ApiTags('hooks')
@Controller('hooks/smokeball')
export class ReceiveHookController {
  constructor(private readonly receiveHook: ReceiveHook) {}

  /**
   * Verifies, stores, answers. 200 also for a repeat; 401 for a bad or missing signature and for a stale timestamp;
   * 404 for an unknown hook; 400 for a signed body that is not JSON. Plain deliveries do not come this far: see `HookDoor`.
   */
  @Post(':hook_id')
  @HttpCode(200)
  @AnyBody()
  @Policy({ allow: { elsewhere: 'the signature is the proof' }, audit: { none: 'stored as an event of its own' } })
  async receive(@Param('hook_id') hookId: string, @Req() request: FastifyRequest): Promise<Envelope<Stored>> {
    return hookAnswer(await this.receiveHook.receive(hookId, deliveryOf(request.headers, request.rawBody)));
  }
}
