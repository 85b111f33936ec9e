import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { pageSchema, type Page, type PageRequest } from '../wire/page';
import { staffSchema, type Staff } from '../wire/staff';
import { pageQuery } from './paging';
import { searchTerm } from './search-term';

export interface StaffFilter extends PageRequest {
  /** Terms from `searchTerm('email' | 'name', …)`, ANDed. */
  readonly search?: readonly string[];
  /** Adds the hourly rate. */
  readonly withRate?: boolean;
}

/** People who work on matters. docs/smokeball-api.md#staff */
export class StaffResource {
  constructor(private readonly transport: SmokeballTransport) {}

  /** Former and disabled members are listed too; there is no filter for them. */
  list(filter: StaffFilter, context: CallContext): Promise<CallResult<Page<Staff>>> {
    const query = {
      ...pageQuery(filter),
      Search: filter.search,
      Fields: filter.withRate === true ? 'rate' : undefined,
    };
    return this.transport.call(
      { method: 'GET', route: '/staff', query, answer: pageSchema(staffSchema, filter) },
      context,
    );
  }

  searchByEmail(email: string, context: CallContext): Promise<CallResult<Page<Staff>>> {
    return this.list({ search: [searchTerm('email', email)] }, context);
  }

  get(staffId: string, context: CallContext): Promise<CallResult<Staff>> {
    return this.transport.call(
      { method: 'GET', route: '/staff/{id}', path: { id: staffId }, answer: staffSchema },
      context,
    );
  }
}
