import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Policy } from '@matterline/auth';
import { ApiError, type Config, CONFIG, equalInConstantTime, Metrics } from '@matterline/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

const LOOPBACK = /^(::1|127\.|::ffff:127\.)/;

/** Prometheus text: behind METRICS_TOKEN, or on METRICS_PORT alone; with neither set, to callers on this machine. */
@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  @Get()
  @Policy({ allow: { elsewhere: 'METRICS_TOKEN, METRICS_PORT or loopback' }, audit: { none: 'numbers only' } })
  async read(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    this.requireAllowed(request);
    void reply.header('Content-Type', this.metrics.registry.contentType);
    return await this.metrics.text();
  }

  private requireAllowed(request: FastifyRequest): void {
    const { metricsToken, metricsPort } = this.config;
    if (metricsToken !== null) {
      const given = request.headers.authorization ?? '';
      if (equalInConstantTime(given, `Bearer ${metricsToken}`)) return;
      throw new ApiError('unauthorized', 'Send the metrics token as a bearer token.');
    }
    if (metricsPort !== null || !LOOPBACK.test(request.ip))
      throw new ApiError('not_found', 'There is nothing at this address.');
  }
}
