import type { Call, Route } from '../gateway/call';
import { ok, type Answer } from '../http/answer';
import type { PlainRecord } from '../model/records';
import { findMatter, findPlain } from './find-record';
import { Links } from './links';
import { pagedAnswer } from './paging';
import type { PlainInput } from './plain-changes';
import { readFields, refuseField, requireFields, text } from './read-input';
import { writeLater } from './write-later';

const SHAPE = { title: 'text', text: 'text', userId: 'text', createdDateUtc: 'moment' } as const;
const READ = ['matters/read', 'memos/read'];
const WRITE = ['matters/write', 'memos/write'];

export const memoRoutes: readonly Route[] = [
  { method: 'GET', template: '/matters/{matterId}/memos', scopes: READ, handle: list },
  { method: 'POST', template: '/matters/{matterId}/memos', scopes: WRITE, handle: (call) => write(call, 'create') },
  { method: 'GET', template: '/matters/{matterId}/memos/{id}', scopes: READ, handle: read },
  { method: 'PUT', template: '/matters/{matterId}/memos/{id}', scopes: WRITE, handle: (call) => write(call, 'put') },
  {
    method: 'DELETE',
    template: '/matters/{matterId}/memos/{id}',
    scopes: WRITE,
    handle: (call) => write(call, 'delete'),
  },
];

function list(call: Call): Answer {
  const matter = findMatter(call);
  const rows = [...call.firm.plain.memos.listing.values()].filter((memo) => memo.matterId === matter.id);
  return pagedAnswer(call, rows, memoView);
}

function read(call: Call): Answer {
  findMatter(call);
  return ok(memoView(findPlain(call, 'memos', 'Memo', call.params['id'] ?? ''), new Links(call.hrefBase)));
}

function write(call: Call, how: PlainInput['how']): Answer {
  const matter = findMatter(call);
  const id = how === 'create' ? call.world.random.uuid() : findPlain(call, 'memos', 'Memo', call.params['id'] ?? '').id;
  const fields = how === 'delete' ? {} : readFields(call.body, SHAPE);
  if (how !== 'delete') requireFields(fields, ['title']);
  if (how !== 'delete' && typeof fields['text'] !== 'string') refuseField('text', 'The text field is required.');
  const input: PlainInput = { resource: 'memos', matterId: matter.id, how, fields };
  const path = `matters/${matter.id}/memos/${id}`;
  return writeLater(call, { operation: 'plain.write', resourceName: 'Memo', id, path, input });
}

/** What was written as plain text is read back as RTF; `plainText` has the words. */
export function memoView(memo: PlainRecord, links: Links): Record<string, unknown> {
  const written = text(memo.body['text']) ?? '';
  const isRtf = written.startsWith('{\\rtf');
  return {
    id: memo.id,
    href: links.href(`matters/${memo.matterId ?? ''}/memos/${memo.id}`) ?? undefined,
    method: links.isForWebhooks() ? undefined : 'GET',
    matterId: memo.matterId,
    title: memo.body['title'] ?? null,
    text: isRtf ? written : toRtf(written),
    plainText: isRtf ? fromRtf(written) : written,
    createdDate: text(memo.body['createdDateUtc']) ?? memo.createdAt,
    createdByUserId: text(memo.body['userId']) ?? memo.createdBy,
    lastUpdated: memo.updatedAt,
    updatedByUserId: memo.updatedBy,
    isDeleted: memo.isDeleted,
  };
}

function toRtf(plain: string): string {
  const escaped = plain.replace(/[\\{}]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\par\n');
  const ascii = [...escaped].map((sign) => (sign.charCodeAt(0) < 128 ? sign : rtfSign(sign))).join('');
  return `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs20 ${ascii}\\par}`;
}

/** RTF counts in signed 16-bit code units. */
function rtfSign(sign: string): string {
  const units = sign.split('').map((unit) => unit.charCodeAt(0));
  return units.map((unit) => `\\u${unit > 32_767 ? unit - 65_536 : unit}?`).join('');
}

function fromRtf(rtf: string): string {
  return rtf
    .replace(/\{\\fonttbl[^}]*\}\}?/g, '')
    .replace(/\\par\n?/g, '\n')
    .replace(/\\[a-z]+-?\d* ?/g, '')
    .replace(/[{}]/g, '')
    .trim();
}
