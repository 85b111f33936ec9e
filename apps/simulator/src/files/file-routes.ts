import type { Call, Route } from '../gateway/call';
import { accepted, badRequest, notFound, ok, problem, Refusal, type Answer } from '../http/answer';
import type { FileRecord, FileVersion } from '../model/records';
import { findFile, findMatter } from '../resources/find-record';
import { Links } from '../resources/links';
import { collectionAnswer, envelope, pagedAnswer, readPage } from '../resources/paging';
import { refuseField } from '../resources/read-input';
import { parseSearchTerm, textMatcher } from '../resources/search-term';
import { sortRows } from '../resources/sort-rows';
import { queueWrite, writeLater } from '../resources/write-later';
import { fileCursor, readFileCursor, type FileInput } from './file-changes';
import { readAddFile, readEditFile } from './file-input';
import { fileView } from './file-view';
import { folderAtPath, liveFolder } from './folder-routes';
import { lateFileError } from './late-file-error';

const READ = ['matters/read', 'documents/read'];
const WRITE = ['matters/write', 'documents/write'];
const ALL = '/matters/{matterId}/documents/files';
const ONE = '/matters/{matterId}/documents/files/{fileId}';

export const fileRoutes: readonly Route[] = [
  { method: 'GET', template: ALL, scopes: READ, handle: list },
  { method: 'POST', template: ALL, scopes: WRITE, handle: (call) => accepted(add(call, call.body)) },
  { method: 'POST', template: `${ALL}/bulk`, scopes: WRITE, handle: addMany },
  { method: 'GET', template: ONE, scopes: READ, handle: read },
  { method: 'PUT', template: ONE, scopes: WRITE, handle: edit },
  { method: 'PATCH', template: ONE, scopes: WRITE, handle: edit },
  { method: 'DELETE', template: ONE, scopes: WRITE, handle: remove },
  { method: 'GET', template: `${ONE}/upload`, scopes: WRITE, handle: newAddress },
  { method: 'GET', template: `${ONE}/download`, scopes: READ, handle: download },
  { method: 'GET', template: `${ONE}/history`, scopes: READ, handle: history },
  { method: 'POST', template: `${ONE}/preview`, scopes: READ, handle: (call) => accepted(preview(call)) },
  { method: 'GET', template: `${ONE}/preview`, scopes: READ, handle: (call) => ok(preview(call)) },
  { method: 'GET', template: `${ONE}/preview/{documentVersionId}`, scopes: READ, handle: (call) => ok(preview(call)) },
];

function list(call: Call): Answer {
  const matter = findMatter(call);
  const files: FileRecord[] = [];
  for (const file of call.firm.files.listing.values()) if (file.matterId === matter.id) files.push(file);
  const cursor = call.query.one('Cursor');
  const followsCursor = cursor !== undefined && cursor !== '' && !call.world.isOff('fileCursor');
  if (followsCursor) return listChanges(call, files, cursor);
  const tests = call.query.all('Search').map((search) => searchTest(search));
  const found = files.filter((file) => tests.every((test) => test(file)));
  const sort = call.query.one('Sort') ?? 'asc(dateCreated)';
  const sorted = sortRows(found, sort, { datecreated: (file) => file.dateCreated });
  return pagedAnswer(call, sorted, fileView);
}

/** What changed since the cursor, in the order of the changes; sort and search are ignored. */
function listChanges(call: Call, files: readonly FileRecord[], cursor: string): Answer {
  const since = readFileCursor(cursor);
  if (since === undefined) return badRequest('The cursor is not valid.');
  const page = readPage(call);
  const changed = files.filter((file) => file.changeSeq > since).sort((a, b) => a.changeSeq - b.changeSeq);
  const value = changed.slice(0, page.limit);
  const links = new Links(call.hrefBase);
  const last = value[value.length - 1]?.changeSeq ?? since;
  const [path = ''] = call.path.split('?');
  const href = `${call.hrefBase}${path}?Cursor=${fileCursor(last)}&Limit=${page.limit}`;
  const next = { id: null, href, rel: 'next', method: 'GET' };
  const views = value.map((file) => fileView(file, links));
  return ok(envelope(call, { offset: 0, limit: page.limit }, changed.length, views, next));
}

function searchTest(search: string): (file: FileRecord) => boolean {
  const term = parseSearchTerm(search);
  if (term === undefined || (term.field !== 'query' && term.field !== 'fileextension')) {
    throw new Refusal(badRequest('Invalid search term'));
  }
  const fits = textMatcher(term);
  if (term.field === 'query') return (file) => file.name.toLowerCase().includes(term.value.replace(/\*/g, ''));
  return (file) => {
    const extension = file.fileExtension.toLowerCase();
    const isMatch = fits(extension) || fits(extension.slice(1));
    return term.operator === ':!' ? !isMatch : isMatch;
  };
}

function add(call: Call, body: unknown): unknown {
  const matter = findMatter(call);
  const { folderPath, ...given } = readAddFile(call, body, matter.id);
  const folder = folderPath === null ? given.folderId : null;
  const lateError = lateFileError(call.firm, { ...given, folderId: folder }, call.userId);
  const willFail = (call.asyncError ?? lateError) !== undefined;
  // A file that will not be made leaves no folders behind.
  const input = willFail ? { ...given, folderId: folder } : placed(call, given, folderPath);
  const id = call.world.random.uuid();
  queueWrite(call, { operation: 'files.create', resourceName: 'File', id, path: '', input, lateError });
  return call.world.uploads.open(call.firm, { id, ...input }, call.origin);
}

/** The file in its folder, under a name that it may have there. Folders that are missing are made. */
function placed(call: Call, given: FileInput, folderPath: string | null): FileInput {
  const { matterId } = given;
  const folderId =
    folderPath === null ? liveFolder(call, matterId, given.folderId) : folderAtPath(call, matterId, folderPath);
  return { ...given, folderId, name: nameBeside(call, { ...given, folderId }) };
}

/** Nobody knows what a second file of the same name in one folder becomes; the switch holds the answers. */
function nameBeside(call: Call, file: Pick<FileRecord, 'matterId' | 'folderId' | 'name' | 'fileExtension'>): string {
  const how = call.world.switches().duplicate_file_names;
  if (how === 'allowed') return file.name;
  const taken = new Set<string>();
  for (const other of call.firm.files.values()) {
    if (other.isDeleted || other.matterId !== file.matterId || other.folderId !== file.folderId) continue;
    if (other.fileExtension.toLowerCase() === file.fileExtension.toLowerCase()) taken.add(other.name.toLowerCase());
  }
  if (!taken.has(file.name.toLowerCase())) return file.name;
  if (how === 'refused') return refuseField('fileName', 'A file with this name is already in the folder.');
  let count = 1;
  while (taken.has(`${file.name} (${count})`.toLowerCase())) count += 1;
  return `${file.name} (${count})`;
}

function addMany(call: Call): Answer {
  if (!Array.isArray(call.body)) return refuseField('files', 'A list of files is required.');
  return accepted(call.body.map((body: unknown) => add(call, body)));
}

function read(call: Call): Answer {
  return ok(fileView(findFile(call), new Links(call.hrefBase)));
}

function edit(call: Call): Answer {
  const before = findFile(call);
  const input = { ...readEditFile(call, before) };
  const { id, matterId } = before;
  const lateError = lateFileError(call.firm, { matterId, ...input }, before.ownerId);
  queueWrite(call, { operation: 'files.edit', resourceName: 'File', id, path: '', input, lateError });
  return accepted(call.world.uploads.open(call.firm, { id, matterId, ...input }, call.origin));
}

function remove(call: Call): Answer {
  const { id, matterId } = findFile(call);
  const path = `matters/${matterId}/documents/files/${id}`;
  return writeLater(call, { operation: 'files.delete', resourceName: 'File', id, path, input: null });
}

function newAddress(call: Call): Answer {
  const file = findFile(call);
  if (file.isDeleted) throw new Refusal(notFound('File', file.id));
  return ok(call.world.uploads.open(call.firm, file, call.origin));
}

function download(call: Call): Answer {
  const file = findFile(call);
  const version = versionOf(call, file, call.query.one('versionId'));
  const { name, fileExtension } = file;
  const { tenant, accountId } = call.firm;
  const address = call.world.uploads.download(tenant, accountId, version.sha256, `${name}${fileExtension}`);
  return ok({ fileId: file.id, name, fileExtension, ...address, sizeBytes: version.sizeBytes });
}

/** The simulator does not render: the preview is the document itself. */
function preview(call: Call): unknown {
  const file = findFile(call);
  const version = versionOf(call, file, call.params['documentVersionId']);
  const { tenant, accountId } = call.firm;
  const address = call.world.uploads.download(tenant, accountId, version.sha256, `${file.name}${file.fileExtension}`);
  return { fileId: file.id, documentVersionId: version.versionId, ...address };
}

function versionOf(call: Call, file: FileRecord, versionId: string | undefined): FileVersion {
  const wanted =
    versionId === undefined || versionId === '' || call.world.isOff('oldVersions')
      ? file.versions[file.versions.length - 1]
      : file.versions.find((version) => version.versionId === versionId);
  if (wanted === undefined)
    throw new Refusal(problem(404, `File ${file.id} has no such version, or is not uploaded yet.`));
  return wanted;
}

function history(call: Call): Answer {
  const file = findFile(call);
  const path = `matters/${file.matterId}/documents/files/${file.id}`;
  const link = new Links(call.hrefBase).to(path, file.id, 'File');
  return collectionAnswer(
    call,
    file.history.map((entry) => ({ ...entry, file: link })),
  );
}
