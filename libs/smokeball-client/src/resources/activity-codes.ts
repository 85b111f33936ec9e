import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import {
  activityCodeSchema,
  activityCodeWriteSchema,
  type ActivityCode,
  type ActivityCodeWrite,
} from '../wire/activity-code';
import { createdSchema, type Created } from '../wire/link';
import { pageSchema, type Page, type PageRequest } from '../wire/page';
import { pageQuery } from './paging';

export interface ActivityCodeFilter extends PageRequest {
  /** Ticks. */
  readonly updatedSince?: bigint;
}

/** The firm's price list for fees and expenses. docs/smokeball-api.md#staff */
export class ActivityCodesResource {
  constructor(private readonly transport: SmokeballTransport) {}

  list(filter: ActivityCodeFilter, context: CallContext): Promise<CallResult<Page<ActivityCode>>> {
    const query = { ...pageQuery(filter), UpdatedSince: filter.updatedSince };
    const answer = pageSchema(activityCodeSchema, filter);
    return this.transport.call({ method: 'GET', route: '/activitycodes', query, answer }, context);
  }

  get(activityCodeId: string, context: CallContext): Promise<CallResult<ActivityCode>> {
    const path = { id: activityCodeId };
    return this.transport.call(
      { method: 'GET', route: '/activitycodes/{id}', path, answer: activityCodeSchema },
      context,
    );
  }

  create(activityCode: ActivityCodeWrite, context: CallContext): Promise<CallResult<Created>> {
    const body = { schema: activityCodeWriteSchema, value: activityCode };
    return this.transport.call({ method: 'POST', route: '/activitycodes', body, answer: createdSchema }, context);
  }
}
