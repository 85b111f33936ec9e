import { Controller, Get, type MessageEvent, Sse } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Envelope, Overview as OverviewAnswer } from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { ChangeNotices } from '@matterline/platform';
import { endWith, ignoreElements, interval, map, merge, type Observable, takeUntil } from 'rxjs';
import { Overview } from './overview';

const HEARTBEAT_MS = 15_000;

/** What the console's pages show live. */
@ApiTags('console')
@Controller('api/v1/console')
export class OverviewController {
  constructor(
    private readonly overview: Overview,
    private readonly changes: ChangeNotices,
  ) {}

  /** Connection, today's numbers, the queue, and what needs a person. */
  @Get('overview')
  @Policy({ allow: { session: true }, audit: { none: 'reading of counts' } })
  async get(@Caller() caller: Caller): Promise<Envelope<OverviewAnswer>> {
    return { data: await this.overview.of(caller.firmId) };
  }

  /** Server-sent events named `change` with the kind and id of a record that changed; no client data. */
  @Sse('stream')
  @Policy({ allow: { session: true }, audit: { none: 'ids only' } })
  stream(@Caller() caller: Caller): Observable<MessageEvent> {
    const notices = this.changes.of(caller.firmId);
    const ended = notices.pipe(ignoreElements(), endWith(null));
    const heartbeat = interval(HEARTBEAT_MS).pipe(
      map(() => ({ type: 'heartbeat', data: {} })),
      takeUntil(ended),
    );
    return merge(notices.pipe(map((notice) => ({ type: 'change', data: notice }))), heartbeat);
  }
}
