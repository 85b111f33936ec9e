import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { feeSchema, feeWriteSchema, type Fee, type FeeWrite } from '../wire/fee';
import { acceptedSchema, createdSchema, type Created } from '../wire/link';
import { pageSchema, type Page, type PageRequest } from '../wire/page';
import { pageQuery } from './paging';

export interface FeeFilter extends PageRequest {
  /** Ticks. */
  readonly updatedSince?: bigint;
}

const LIST = '/matters/{matterId}/fees';
const ITEM = '/matters/{matterId}/fees/{id}';

/** Time and fixed-price entries on a matter. docs/smokeball-api.md#staff */
export class FeesResource {
  constructor(private readonly transport: SmokeballTransport) {}

  list(matterId: string, filter: FeeFilter, context: CallContext): Promise<CallResult<Page<Fee>>> {
    const query = { ...pageQuery(filter), UpdatedSince: filter.updatedSince };
    const answer = pageSchema(feeSchema, filter);
    return this.transport.call({ method: 'GET', ...list(matterId), query, answer }, context);
  }

  get(matterId: string, feeId: string, context: CallContext): Promise<CallResult<Fee>> {
    return this.transport.call({ method: 'GET', ...item(matterId, feeId), answer: feeSchema }, context);
  }

  create(matterId: string, fee: FeeWrite, context: CallContext): Promise<CallResult<Created>> {
    const body = { schema: feeWriteSchema, value: fee };
    return this.transport.call({ method: 'POST', ...list(matterId), body, answer: createdSchema }, context);
  }

  /** Accepted even for an unknown fee: the refusal comes as an `error` webhook. */
  update(matterId: string, feeId: string, fee: FeeWrite, context: CallContext): Promise<CallResult<void>> {
    const body = { schema: feeWriteSchema, value: fee };
    return this.transport.call({ method: 'PUT', ...item(matterId, feeId), body, answer: acceptedSchema }, context);
  }

  remove(matterId: string, feeId: string, context: CallContext): Promise<CallResult<void>> {
    return this.transport.call({ method: 'DELETE', ...item(matterId, feeId), answer: acceptedSchema }, context);
  }
}

function list(matterId: string) {
  return { route: LIST, path: { matterId }, uuids: ['matterId'] };
}

function item(matterId: string, id: string) {
  return { route: ITEM, path: { matterId, id }, uuids: ['matterId'] };
}
