import { type ArgumentsHost, Catch, Injectable } from '@nestjs/common';
import { ErrorFilter, Log, toApiError } from '@matterline/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A phone shows whatever text it gets as the caller's name, so an error's text is empty too. */
@Catch()
@Injectable()
export class LookupErrorFilter extends ErrorFilter {
  constructor(log: Log) {
    super(log);
  }

  override catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { format } = http.getRequest<FastifyRequest>().query as { format?: unknown };
    if (format !== 'text') {
      super.catch(error, host);
      return;
    }
    const status = toApiError(error)?.status ?? 500;
    void http.getResponse<FastifyReply>().status(status).header('Content-Type', 'text/plain; charset=utf-8').send('');
  }
}
