import type { Call } from '../gateway/call';
import { badRequest, ok, Refusal, type Answer } from '../http/answer';
import { Links, type Link } from './links';

const LARGEST_PAGE = 500;

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** `Offset` and `Limit` of a list. Out of range: 400. */
export function readPage(call: Call): Page {
  const offset = whole(call, 'Offset', 0, 0, 2_147_483_647);
  const limit = whole(call, 'Limit', LARGEST_PAGE, 1, LARGEST_PAGE);
  return { offset, limit };
}

/** The envelope of a paged list; `size` is the number of all rows. */
export function pagedAnswer<T>(call: Call, rows: readonly T[], present: (row: T, links: Links) => unknown): Answer {
  const page = readPage(call);
  const links = new Links(call.hrefBase);
  const value = rows.slice(page.offset, page.offset + page.limit).map((row) => present(row, links));
  return ok(envelope(call, page, rows.length, value));
}

export function envelope(call: Call, page: Page, size: number, value: readonly unknown[], next?: Link): unknown {
  const { offset, limit } = page;
  const lastOffset = Math.max(0, Math.floor((size - 1) / limit) * limit);
  return {
    href: `${call.hrefBase}${call.path}`,
    method: 'GET',
    self: { href: `${call.hrefBase}${call.path}`, rel: 'self', method: 'GET' },
    value,
    offset,
    limit,
    size,
    first: pageLink(call, 'first', 0, limit),
    previous: offset > 0 ? pageLink(call, 'previous', Math.max(0, offset - limit), limit) : undefined,
    next: next ?? (offset + limit < size ? pageLink(call, 'next', offset + limit, limit) : undefined),
    last: pageLink(call, 'last', lastOffset, limit),
  };
}

/** The envelope of a list that is not paged. */
export function collectionAnswer(call: Call, value: readonly unknown[]): Answer {
  const href = `${call.hrefBase}${call.path}`;
  return ok({ href, method: 'GET', self: { href, rel: 'self', method: 'GET' }, value });
}

function pageLink(call: Call, rel: string, offset: number, limit: number): unknown {
  const [path = '', query = ''] = call.path.split('?');
  const parameters = new URLSearchParams(query);
  for (const name of [...parameters.keys()]) {
    if (/^(offset|limit)$/i.test(name)) parameters.delete(name);
  }
  parameters.set('Offset', `${offset}`);
  parameters.set('Limit', `${limit}`);
  return { href: `${call.hrefBase}${path}?${parameters.toString()}`, rel, method: 'GET' };
}

function whole(call: Call, name: string, fallback: number, min: number, max: number): number {
  const text = call.query.one(name);
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value < min || value > max) {
    const message = `The field ${name} must be between ${min} and ${max}.`;
    throw new Refusal(badRequest('One or more validation errors occurred.', [{ field: name, message }]));
  }
  return value;
}
