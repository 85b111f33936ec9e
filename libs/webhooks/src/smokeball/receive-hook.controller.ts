import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Envelope, Stored } from '@matterline/contracts';
import { Policy } from '@matterline/auth';
import { AnyBody, ApiError } from '@matterline/platform';
import type { FastifyRequest } from 'fastify';
import { ReceiveHook } from './receive-hook';

/** Smokeball's webhooks. Source: docs/smokeball-api.md#webhooks. */
@ApiTags('hooks')
@Controller('hooks/smokeball')
export class ReceiveHookController {
  constructor(private readonly receiveHook: ReceiveHook) {}

  /**
   * Verifies, stores, answers. 200 also for a repeat; 401 for a bad or missing signature and for a stale timestamp;
   * 404 for an unknown hook; 400 for a signed body that is not JSON.
   */
  @Post(':hook_id')
  @HttpCode(200)
  @AnyBody()
  @Policy({ allow: { elsewhere: 'the signature is the proof' }, audit: { none: 'stored as an event of its own' } })
  async receive(@Param('hook_id') hookId: string, @Req() request: FastifyRequest): Promise<Envelope<Stored>> {
    const one = (name: string) => {
      const value = request.headers[name];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const outcome = await this.receiveHook.receive(hookId, {
      timestamp: one('timestamp'),
      requestId: one('requestid'),
      signature: one('signature'),
      body: request.rawBody ?? Buffer.alloc(0),
    });
    switch (outcome) {
      case 'stored':
      case 'repeat':
        return { data: { stored: outcome === 'stored' } };
      case 'unknown_hook':
        throw ApiError.notFound('hook');
      case 'stale':
        throw new ApiError('stale_timestamp', 'The timestamp is too far from now.');
      case 'not_json':
        throw new ApiError('bad_request', 'The body is not a webhook notification in JSON.');
      case 'unstorable':
        throw new ApiError('bad_request', 'The request holds a character that cannot be stored, such as U+0000.');
      default:
        throw new ApiError('bad_signature', 'The signature is missing or wrong.');
    }
  }
}
