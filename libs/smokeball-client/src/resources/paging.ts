import type { CallResult } from '../http/call-result';
import type { Query } from '../http/query-string';
import { MAX_PAGE_SIZE, type Page, type PageRequest } from '../wire/page';

/** `Offset` and `Limit`, the latter always sent so that the end of a list can be recognised. */
export function pageQuery(asked: PageRequest): Query {
  const limit = Math.min(Math.max(Math.trunc(asked.limit ?? MAX_PAGE_SIZE), 1), MAX_PAGE_SIZE);
  return { Offset: Math.max(Math.trunc(asked.offset ?? 0), 0), Limit: limit };
}

/**
 * Walks a list page by page, each page one call through the rate gate. Yields the result of every call; after a failed one it ends.
 * @param load e.g. `(page) => client.contacts.list({ ...filter, ...page }, context)`
 */
export async function* eachPage<T>(
  load: (page: Required<PageRequest>) => Promise<CallResult<Page<T>>>,
  limit: number = MAX_PAGE_SIZE,
): AsyncGenerator<CallResult<Page<T>>, void, undefined> {
  let offset: number | null = 0;
  while (offset !== null) {
    const result: CallResult<Page<T>> = await load({ offset, limit });
    yield result;
    offset = result.ok ? result.data.nextOffset : null;
  }
}
