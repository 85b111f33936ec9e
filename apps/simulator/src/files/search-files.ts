import type { Call, Route } from '../gateway/call';
import { ok, type Answer } from '../http/answer';
import { maySee } from '../resources/find-record';
import { Links } from '../resources/links';
import { readPage } from '../resources/paging';
import { readFields, requireFields, text, texts, type Fields } from '../resources/read-input';
import { fileView } from './file-view';

const SHAPE = {
  query: 'text',
  filters: {
    searchFields: ['text'],
    includeFileExtensions: ['text'],
    excludeFileExtensions: ['text'],
    authorIds: ['text'],
    contactIds: ['text'],
  },
} as const;
const LARGEST_TEXT_BYTES = 1_000_000;

export const searchRoutes: readonly Route[] = [
  { method: 'POST', template: '/search/files', scopes: ['search/write'], handle: search },
];

/** All files of the account whose name, or text content, contains the words; a bare array. */
function search(call: Call): Answer {
  const fields = readFields(call.body, SHAPE);
  requireFields(fields, ['query']);
  const wanted = (text(fields['query']) ?? '').toLowerCase();
  const filters = (fields['filters'] ?? {}) as Fields;
  const searchFields = texts(filters['searchFields']);
  const inContent = searchFields.length === 0 || searchFields.includes('Content');
  const inName = searchFields.length === 0 || searchFields.includes('Name');
  const included = texts(filters['includeFileExtensions']).map(bareExtension);
  const excluded = texts(filters['excludeFileExtensions']).map(bareExtension);
  const authors = texts(filters['authorIds']);
  const page = readPage(call);
  const links = new Links(call.hrefBase);
  const found = [...call.firm.files.listing.values()].filter((file) => {
    const matter = call.firm.matters.get(file.matterId);
    if (file.isDeleted || matter === undefined || !maySee(matter, call.userId)) return false;
    const extension = bareExtension(file.fileExtension);
    if (included.length > 0 && !included.includes(extension)) return false;
    if (excluded.includes(extension)) return false;
    if (authors.length > 0 && !authors.includes(file.ownerId ?? '')) return false;
    if (inName && file.name.toLowerCase().includes(wanted)) return true;
    const version = file.versions[file.versions.length - 1];
    if (!inContent || version === undefined || version.sizeBytes > LARGEST_TEXT_BYTES) return false;
    return call.world.blobs.get(version.sha256)?.toString('utf8').toLowerCase().includes(wanted) === true;
  });
  return ok(found.slice(page.offset, page.offset + page.limit).map((file) => fileView(file, links)));
}

function bareExtension(extension: string): string {
  return extension.toLowerCase().replace(/^\./, '');
}
