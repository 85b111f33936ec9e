import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { matterTypeSchema, type MatterType, type MatterTypeCategory } from '../wire/matter-type';
import { pageSchema, type Page, type PageRequest } from '../wire/page';
import { pageQuery } from './paging';

export interface MatterTypeFilter extends PageRequest {
  /** Short code, e.g. `IL` or `NSW`. Without it the catalogue has about 20,000 rows. */
  readonly location?: string;
  readonly category?: string;
  /** Part of the name. */
  readonly name?: string;
  /** Only lead types with 1; both when absent. */
  readonly type?: MatterTypeCategory;
}

/** Smokeball's own catalogue, read-only. docs/smokeball-api.md#matter-types */
export class MatterTypesResource {
  constructor(private readonly transport: SmokeballTransport) {}

  list(filter: MatterTypeFilter, context: CallContext): Promise<CallResult<Page<MatterType>>> {
    const query = {
      ...pageQuery(filter),
      Name: filter.name,
      Location: filter.location,
      Category: filter.category,
      Type: filter.type,
    };
    const answer = pageSchema(matterTypeSchema, filter);
    return this.transport.call({ method: 'GET', route: '/mattertypes', query, answer }, context);
  }

  get(matterTypeId: string, context: CallContext): Promise<CallResult<MatterType>> {
    const path = { id: matterTypeId };
    return this.transport.call({ method: 'GET', route: '/mattertypes/{id}', path, answer: matterTypeSchema }, context);
  }
}
