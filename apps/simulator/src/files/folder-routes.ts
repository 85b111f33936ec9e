import type { Call, Route } from '../gateway/call';
import { ok, type Answer } from '../http/answer';
import type { Firm } from '../model/firm';
import type { PlainRecord } from '../model/records';
import { findMatter, findPlain } from '../resources/find-record';
import { Links } from '../resources/links';
import { collectionAnswer, envelope, readPage } from '../resources/paging';
import type { PlainInput } from '../resources/plain-changes';
import { readFields, refuseField, requireFields, text } from '../resources/read-input';
import { commitOf, writeLater } from '../resources/write-later';
import { fileView } from './file-view';

const READ = ['matters/read', 'documents/read'];
const WRITE = ['matters/write', 'documents/write'];
const ALL = '/matters/{matterId}/documents/folders';
const ONE = '/matters/{matterId}/documents/folders/{folderId}';
const SHAPE = { name: 'text', parentFolderId: 'text', userId: 'text' } as const;
const LONGEST_NAME = 256;

export const folderRoutes: readonly Route[] = [
  { method: 'GET', template: ALL, scopes: READ, handle: (call) => listing(call, null) },
  { method: 'POST', template: ALL, scopes: WRITE, handle: (call) => write(call, 'create') },
  { method: 'GET', template: ONE, scopes: READ, handle: (call) => listing(call, find(call)) },
  { method: 'PUT', template: ONE, scopes: WRITE, handle: (call) => write(call, 'put') },
  { method: 'PATCH', template: ONE, scopes: WRITE, handle: (call) => write(call, 'patch') },
  { method: 'DELETE', template: ONE, scopes: WRITE, handle: (call) => write(call, 'delete') },
  { method: 'GET', template: `${ONE}/path`, scopes: READ, handle: path },
  { method: 'GET', template: `${ONE}/history`, scopes: READ, handle: history },
];

/** One node with the folders and the files directly in it: a tree to walk, not a flat list. */
function listing(call: Call, folder: PlainRecord | null): Answer {
  const matter = findMatter(call);
  const links = new Links(call.hrefBase);
  const parentId = folder?.id ?? null;
  const page = readPage(call);
  const folders = childFolders(call.firm, matter.id, parentId).map((child) => {
    return { id: child.id, href: folderHref(links, child), method: 'GET', name: child.body['name'], parentId };
  });
  const files = [...call.firm.files.listing.values()]
    .filter((file) => file.matterId === matter.id && file.folderId === parentId && !file.isDeleted)
    .map((file) => fileView(file, links));
  if (call.world.isOff('folderTree')) return collectionAnswer(call, [...folders, ...files]);
  const node = {
    id: parentId,
    href: folder === null ? null : folderHref(links, folder),
    method: 'GET',
    folders,
    files,
  };
  const inFolder = folder === null ? {} : { parentId: text(folder.body['parentFolderId']), name: folder.body['name'] };
  return ok({ ...(envelope(call, page, 1, [node]) as object), ...inFolder });
}

function write(call: Call, how: PlainInput['how']): Answer {
  const matter = findMatter(call);
  const before = how === 'create' ? undefined : find(call);
  const fields = how === 'delete' ? {} : readFields(call.body, SHAPE);
  if (how !== 'delete') requireFields(fields, ['name']);
  if ((text(fields['name'])?.length ?? 0) > LONGEST_NAME) refuseField('name', `At most ${LONGEST_NAME} characters.`);
  const id = before?.id ?? call.world.random.uuid();
  const input: PlainInput = { resource: 'folders', matterId: matter.id, how, fields };
  const path = `matters/${matter.id}/documents/folders/${id}`;
  const lateError = parentError(call, matter.id, id, text(fields['parentFolderId']));
  return writeLater(call, { operation: 'plain.write', resourceName: 'Folder', id, path, input, lateError });
}

/** A parent that is not there, or that lies inside the folder itself. */
function parentError(call: Call, matterId: string, id: string, parentId: string | null): string | undefined {
  if (parentId === null) return undefined;
  const { folders } = call.firm.plain;
  const parent = folders.get(parentId);
  if (parent === undefined || parent.isDeleted || parent.matterId !== matterId) {
    return `Folder ${parentId} was not found.`;
  }
  for (let above: PlainRecord | undefined = parent; above !== undefined;) {
    if (above.id === id) return 'A folder cannot be moved into itself.';
    above = folders.get(text(above.body['parentFolderId']) ?? '');
  }
  return undefined;
}

function path(call: Call): Answer {
  const segments: { id: string; name: unknown; parentId: string | null }[] = [];
  for (let folder: PlainRecord | undefined = find(call); folder !== undefined;) {
    const parentId: string | null = text(folder.body['parentFolderId']);
    segments.unshift({ id: folder.id, name: folder.body['name'], parentId });
    folder = parentId === null ? undefined : call.firm.plain.folders.get(parentId);
  }
  return collectionAnswer(
    call,
    // Depth 0 is the root, which is not among them.
    segments.map((segment, index) => ({ ...segment, depth: index + 1 })),
  );
}

function history(call: Call): Answer {
  const folder = find(call);
  const href = `matters/${folder.matterId ?? ''}/documents/folders/${folder.id}`;
  const link = new Links(call.hrefBase).to(href, folder.id, 'Folder');
  return collectionAnswer(
    call,
    (folder.history ?? []).map((entry) => ({ ...entry, folder: link })),
  );
}

/** The folder at `A/B/C`, with those made that are missing; made at once, for the file that goes into it. */
export function folderAtPath(call: Call, matterId: string, folderPath: string): string | null {
  let parentId: string | null = null;
  for (const name of folderPath.split('/').filter((part) => part.trim() !== '')) {
    parentId = childNamed(call, matterId, parentId, name);
  }
  return parentId;
}

/** A folder that is there: itself, or for a deleted one another of its name. Null is the root. */
export function liveFolder(call: Call, matterId: string, folderId: string | null): string | null {
  const folder = folderId === null ? undefined : call.firm.plain.folders.get(folderId);
  if (folder?.matterId !== matterId) return null;
  if (!folder.isDeleted) return folder.id;
  const parentId = liveFolder(call, matterId, text(folder.body['parentFolderId']));
  return childNamed(call, matterId, parentId, text(folder.body['name']) ?? '');
}

/** The folder with this name directly below another; made at once when there is none. */
function childNamed(call: Call, matterId: string, parentId: string | null, name: string): string {
  const known = childFolders(call.firm, matterId, parentId).find((folder) => folder.body['name'] === name);
  if (known !== undefined) return known.id;
  const id = call.world.random.uuid();
  const fields = { name, parentFolderId: parentId };
  const input: PlainInput = { resource: 'folders', matterId, how: 'create', fields };
  call.world.writes.apply(commitOf(call.firm, { operation: 'plain.write', id, input }, call.origin));
  return id;
}

function find(call: Call): PlainRecord {
  findMatter(call);
  return findPlain(call, 'folders', 'Folder', call.params['folderId'] ?? '');
}

function childFolders(firm: Firm, matterId: string, parentId: string | null): PlainRecord[] {
  return [...firm.plain.folders.values()].filter(
    (folder) => folder.matterId === matterId && !folder.isDeleted && text(folder.body['parentFolderId']) === parentId,
  );
}

function folderHref(links: Links, folder: PlainRecord): string | null {
  return links.href(`matters/${folder.matterId ?? ''}/documents/folders/${folder.id}`);
}
