import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Alive, Envelope, ErrorBody, Ready } from '@matterline/contracts';
import { Policy } from '@matterline/auth';
import { Database, WorkQueue } from '@matterline/platform';
import type { FastifyReply } from 'fastify';

const DATABASE_MS = 2_000;
const RETRY_AFTER_S = '5';

/** Source: docs/http-api.md#health. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly queue: WorkQueue,
  ) {}

  /** The process is up. */
  @Get('live')
  @Policy({ allow: { open: 'says nothing but that the process is up' }, audit: { none: 'reads nothing' } })
  live(): Envelope<Alive> {
    return { data: { status: 'ok' } };
  }

  /** Database and queue answer; else 503 with the failing part named. */
  @Get('ready')
  @Policy({ allow: { open: 'names parts, not data' }, audit: { none: 'reads nothing' } })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Envelope<Ready> | ErrorBody> {
    const failing = [
      ...((await this.databaseAnswers()) ? [] : ['database']),
      ...((await this.queue.health()) === null ? [] : ['queue']),
    ];
    if (failing.length === 0) return { data: { status: 'ok', database: 'ok', queue: 'ok' } };
    void reply.status(503).header('Retry-After', RETRY_AFTER_S);
    return {
      error: {
        code: 'unavailable',
        message: `Not ready: the ${failing.join(' and the ')} cannot be reached.`,
        details: { failing },
      },
    };
  }

  private async databaseAnswers(): Promise<boolean> {
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), DATABASE_MS).unref());
    const answer = this.database.shared('select 1').then(
      () => true,
      () => false,
    );
    return await Promise.race([answer, late]);
  }
}
