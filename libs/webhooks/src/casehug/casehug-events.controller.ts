import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { caseHugEventSchema, type Envelope, type Stored } from '@matterline/contracts';
import { Firms, Policy } from '@matterline/auth';
import { AnyBody, ApiError, Clock, Database } from '@matterline/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Inbox } from '../inbox';
import { isSignedByCaseHug } from './signature';

const badSignature = () => new ApiError('unauthorized', 'The signature is missing or wrong, or the firm is not known.');

/** CaseHug's own webhook deliveries. Source: docs/http-api.md#casehug-events. */
@ApiTags('casehug')
@Controller('api/v1/integrations/casehug')
export class CaseHugEventsController {
  constructor(
    private readonly database: Database,
    private readonly firms: Firms,
    private readonly inbox: Inbox,
    private readonly clock: Clock,
  ) {}

  /** Verifies, stores, answers 202; 200 for a repeat. A bad signature and an unknown firm are the same 401. */
  @Post('events')
  @HttpCode(202)
  @AnyBody()
  @Policy({ allow: { elsewhere: 'the signature is the proof' }, audit: { none: 'stored as an event of its own' } })
  async receive(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Envelope<Stored>> {
    const body = request.rawBody ?? Buffer.alloc(0);
    const firmId = await this.firmOf(body);
    if (!firmId) throw badSignature();
    const isNew = await this.database.forFirm(firmId, async (scope) => {
      const { settings } = await this.firms.read(scope);
      const secrets = [
        await this.firms.secret(scope, 'casehug_webhook_secret'),
        await this.firms.secret(scope, 'casehug_secret_next'),
      ];
      const header = request.headers[settings.signature_header.toLowerCase()];
      const delivery = { header: typeof header === 'string' ? header : undefined, body, nowMs: this.clock.nowMs() };
      if (
        !isSignedByCaseHug(
          delivery,
          settings,
          secrets.filter((secret) => secret !== null),
        )
      )
        throw badSignature();
      const envelope = caseHugEventSchema.safeParse(JSON.parse(body.toString('utf8')));
      if (!envelope.success)
        throw new ApiError('validation_error', 'The event lacks id, type, firm_id or data.', {
          fields: envelope.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
        });
      const { id, type, data } = envelope.data;
      const about = data['id'] ?? (data['upload'] as { id?: unknown } | undefined)?.id;
      return await this.inbox.store(scope, {
        source: 'casehug',
        type,
        resourceId: typeof about === 'string' ? about : null,
        requestId: null,
        body,
        dedupe: [id],
      });
    });
    void reply.status(isNew ? 202 : 200);
    return { data: { stored: isNew } };
  }

  /** The firm that an unproven body names; null when there is none. */
  private async firmOf(body: Buffer): Promise<string | null> {
    try {
      const named = (JSON.parse(body.toString('utf8')) as { firm_id?: unknown } | null)?.firm_id;
      return typeof named === 'string' && named !== '' ? await this.firms.find(named) : null;
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }
}
