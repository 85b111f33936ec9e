import type { Firm } from '../model/firm';
import type { FileRecord } from '../model/records';
import type { Commit } from '../store/writes';
import type { Origin } from '../webhooks/event';
import type { World } from '../world';
import type { UploadSlot } from './upload-slots';

export interface IngestJob {
  readonly tenant: string;
  readonly accountId: string;
  readonly fileId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly origin: Origin;
}

/** The members of a file that a write sets. */
export interface FileInput {
  readonly matterId: string;
  readonly folderId: string | null;
  readonly name: string;
  readonly fileExtension: string;
  readonly ownerId: string | null;
  readonly additionalData: Readonly<Record<string, unknown>> | null;
  readonly dateCreated: string | null;
  readonly dateModified: string | null;
  readonly isFavorite: boolean;
}

const RETRY_INGEST_MS = 250;

/** `files.create`: a record without bytes. */
export function createFile(firm: Firm, commit: Commit, world: World): void {
  const input = commit.input as FileInput;
  const now = world.clock.iso();
  storeFile(world, firm, {
    id: commit.id,
    ...input,
    dateCreated: input.dateCreated ?? now,
    dateModified: input.dateModified ?? now,
    isUploaded: false,
    isCancelled: false,
    isDeleted: false,
    versions: [],
    history: [],
    changeSeq: 0,
  });
}

/** `files.edit`: name, folder and data; each move or renaming is an entry in the history. */
export function editFile(firm: Firm, commit: Commit, world: World): void {
  const before = firm.files.get(commit.id);
  if (before === undefined) return;
  const input = commit.input as Pick<
    FileInput,
    'folderId' | 'name' | 'fileExtension' | 'ownerId' | 'additionalData' | 'isFavorite'
  >;
  const fullName = (file: Pick<FileInput, 'name' | 'fileExtension'>): string => `${file.name}${file.fileExtension}`;
  const entries: Record<string, unknown>[] = [];
  if (fullName(before) !== fullName(input)) {
    entries.push(entry(world, commit.origin, 'Rename', { oldName: fullName(before), newName: fullName(input) }));
  }
  if (before.folderId !== input.folderId) {
    entries.push(entry(world, commit.origin, 'Move', { oldFolderId: before.folderId, newFolderId: input.folderId }));
  }
  const history = [...before.history, ...entries];
  storeFile(world, firm, { ...before, ...input, history, dateModified: world.clock.iso() });
  raiseFilesUpdated(world, firm, before, commit.origin);
}

/** `files.delete`: a soft delete. */
export function deleteFile(firm: Firm, commit: Commit, world: World): void {
  const before = firm.files.get(commit.id);
  if (before === undefined || before.isDeleted) return;
  storeFile(world, firm, deletedFile(world, before, commit.origin));
  raiseFilesUpdated(world, firm, before, commit.origin);
}

export function deletedFile(world: World, file: FileRecord, origin: Origin): FileRecord {
  return { ...file, isDeleted: true, history: [...file.history, entry(world, origin, 'Delete', {})] };
}

/** The bytes have arrived: they become the newest version. The last ingest wins. */
export function ingestFile(world: World, job: IngestJob): void {
  const firm = world.tenant(job.tenant).firms.get(job.accountId);
  if (firm === undefined) return;
  const before = firm.files.get(job.fileId);
  // The bytes may be faster than the record of the file.
  if (before === undefined) {
    if (world.writes.isPending(job.fileId)) world.scheduler.add(job.tenant, 'ingest', RETRY_INGEST_MS, job);
    return;
  }
  const now = world.clock.iso();
  const versionId = `${before.id}${world.random.hex(32)}`;
  const version = { versionId, sha256: job.sha256, sizeBytes: job.sizeBytes, createdAt: now };
  const isFirst = before.versions.length === 0;
  const change = entry(world, job.origin, isFirst ? 'Create' : 'VersionReplace', { documentVersionId: versionId });
  storeFile(world, firm, {
    ...before,
    isUploaded: true,
    isCancelled: false,
    versions: [...before.versions, version],
    history: [...before.history, change],
    dateModified: now,
  });
  raiseFilesUpdated(world, firm, before, job.origin);
}

/** Nothing was put at the address in time. */
export function cancelFile(world: World, slot: UploadSlot): void {
  const firm = world.tenant(slot.tenant).firms.get(slot.accountId);
  const before = firm?.files.get(slot.fileId);
  if (firm === undefined || before === undefined || before.isUploaded) return;
  storeFile(world, firm, { ...before, isCancelled: true });
}

export function storeFile(world: World, firm: Firm, file: FileRecord): FileRecord {
  const stored = { ...file, changeSeq: firm.count('file-changes') };
  firm.files.put(stored);
  world.noteChange({ kind: 'file', tenant: firm.tenant, id: file.id });
  return stored;
}

/** The event names the matter, and a cursor from which its file list tells what changed; what else it may hold is a switch. */
export function raiseFilesUpdated(
  world: World,
  firm: Firm,
  file: Pick<FileRecord, 'id' | 'matterId'>,
  origin: Origin,
): void {
  const { id, matterId } = file;
  const payloads = {
    cursor: { id: matterId, cursor: fileCursor(firm.lastCount('file-changes') - 1) },
    bare: { id: matterId },
    file: { id, matterId },
  };
  const payload = payloads[world.switches().files_updated_payload];
  world.dispatcher.raise(firm, { type: 'files.updated', payload, origin });
}

export function fileCursor(changeSeq: number): string {
  return Buffer.from(`files:${changeSeq}`, 'utf8').toString('base64url');
}

/** The number inside a cursor; undefined for something else. */
export function readFileCursor(cursor: string): number | undefined {
  const match = /^files:(-?\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

function entry(
  world: World,
  origin: Origin,
  changeType: string,
  more: Record<string, unknown>,
): Record<string, unknown> {
  const userId = origin.userId;
  return { id: world.random.uuid(), type: 'File', changeType, timestamp: world.clock.iso(), userId, ...more };
}
