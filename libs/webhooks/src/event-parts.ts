import { Injectable } from '@nestjs/common';
import { ChangeNotices, Clock, Log, Metrics, ProcessLink, WorkQueue } from '@matterline/platform';

/** The platform's pieces that working through events and deliveries needs. */
@Injectable()
export class EventParts {
  constructor(
    readonly clock: Clock,
    readonly link: ProcessLink,
    readonly changes: ChangeNotices,
    readonly log: Log,
    readonly metrics: Metrics,
    readonly queue: WorkQueue,
  ) {}
}
