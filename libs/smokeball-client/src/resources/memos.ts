import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { acceptedSchema, createdSchema, type Created } from '../wire/link';
import { memoSchema, memoWriteSchema, type Memo, type MemoWrite } from '../wire/memo';
import { pageSchema, type Page, type PageRequest } from '../wire/page';
import { pageQuery } from './paging';

/** Notes on a matter. docs/smokeball-api.md#matters */
export class MemosResource {
  constructor(private readonly transport: SmokeballTransport) {}

  list(matterId: string, page: PageRequest, context: CallContext): Promise<CallResult<Page<Memo>>> {
    const answer = pageSchema(memoSchema, page);
    return this.transport.call({ method: 'GET', ...list(matterId), query: pageQuery(page), answer }, context);
  }

  get(matterId: string, memoId: string, context: CallContext): Promise<CallResult<Memo>> {
    return this.transport.call({ method: 'GET', ...item(matterId, memoId), answer: memoSchema }, context);
  }

  create(matterId: string, memo: MemoWrite, context: CallContext): Promise<CallResult<Created>> {
    const body = { schema: memoWriteSchema, value: memo };
    return this.transport.call({ method: 'POST', ...list(matterId), body, answer: createdSchema }, context);
  }

  update(matterId: string, memoId: string, memo: MemoWrite, context: CallContext): Promise<CallResult<void>> {
    const body = { schema: memoWriteSchema, value: memo };
    return this.transport.call({ method: 'PUT', ...item(matterId, memoId), body, answer: acceptedSchema }, context);
  }

  remove(matterId: string, memoId: string, context: CallContext): Promise<CallResult<void>> {
    return this.transport.call({ method: 'DELETE', ...item(matterId, memoId), answer: acceptedSchema }, context);
  }
}

function list(matterId: string) {
  return { route: '/matters/{matterId}/memos', path: { matterId }, uuids: ['matterId'] };
}

function item(matterId: string, id: string) {
  return { route: '/matters/{matterId}/memos/{id}', path: { matterId, id }, uuids: ['matterId'] };
}
