import { createHash } from 'node:crypto';
import type { DeskStore } from '../desk-store';
import { newId } from '../new-id';
import type { DeskClient, DeskMatter, DeskUpload, Sending, UploadStatus } from './desk-matter';
import { formOfMatter, readMatterForm, type MatterForm } from './matter-form';

const RECORD = 'casehug-matters';
const SENDINGS_KEPT = 30;

/** A file as it came from the form. */
export interface NewUpload {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  /** The upload that this one stands in for; the document stays the same. */
  readonly replaces?: DeskUpload;
}

/** CaseHug's own records at this desk: matters with their clients and uploads. Every change is kept at once. */
export class MatterBook {
  private readonly matters: Map<string, DeskMatter>;

  constructor(private readonly store: DeskStore) {
    const stored = (store.read(RECORD) ?? []) as DeskMatter[];
    this.matters = new Map(stored.map((matter) => [matter.id, matter]));
  }

  /** Newest first. */
  list(): readonly DeskMatter[] {
    return [...this.matters.values()].reverse();
  }

  find(id: string): DeskMatter | undefined {
    return this.matters.get(id);
  }

  create(input: unknown): DeskMatter {
    const form = readMatterForm(input);
    const now = new Date().toISOString();
    const id = form.id ?? newId('mat');
    const blank = { id, created_at: now, uploads: [], sendings: [], told_status: null };
    const matter: DeskMatter = { ...fieldsOf(form), ...blank, updated_at: now };
    this.matters.set(id, matter);
    this.keep();
    return matter;
  }

  /** Changes only what `patch` names; `client` changes members of the first client. */
  change(matter: DeskMatter, patch: Readonly<Record<string, unknown>>): DeskMatter {
    Object.assign(matter, fieldsOf(readMatterForm({ ...formOfMatter(matter, patch), id: matter.id })));
    matter.updated_at = laterThan(matter.updated_at);
    this.keep();
    return matter;
  }

  addUpload(matter: DeskMatter, file: NewUpload): DeskUpload {
    const upload: DeskUpload = {
      id: newId('upl'),
      document_id: file.replaces?.document_id ?? newId('doc'),
      file_name: file.fileName,
      content_type: file.contentType,
      size_bytes: file.bytes.length,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      uploaded_at: new Date().toISOString(),
      replaces_upload_id: file.replaces?.id ?? null,
      status: 'uploaded',
      decision_key: newId('key'),
      told_matterline: false,
    };
    this.store.writeBytes(upload.id, file.bytes);
    matter.uploads.push(upload);
    this.keep();
    return upload;
  }

  /** Notes the attorney's decision. The same decision again keeps its key: it is the same request sent once more. */
  decide(upload: DeskUpload, status: UploadStatus): void {
    if (upload.status === status) return;
    upload.status = status;
    upload.decision_key = newId('key');
    this.keep();
  }

  /** The next sending of the same decision is a new request, not a repeat of one that was refused. */
  renewKey(upload: DeskUpload): void {
    upload.decision_key = newId('key');
    this.keep();
  }

  bytesOf(upload: DeskUpload): Buffer | undefined {
    return this.store.readBytes(upload.id);
  }

  noteSending(matter: DeskMatter, sending: Sending): void {
    matter.sendings = [sending, ...matter.sendings].slice(0, SENDINGS_KEPT);
    this.keep();
  }

  noteToldUpload(upload: DeskUpload): void {
    upload.told_matterline = true;
    this.keep();
  }

  noteStatus(matterId: string, status: string, at: string): void {
    const matter = this.matters.get(matterId);
    if (matter === undefined || (matter.told_status !== null && matter.told_status.at > at)) return;
    matter.told_status = { status, at };
    this.keep();
  }

  clear(): void {
    this.matters.clear();
    this.keep();
  }

  private keep(): void {
    this.store.write(RECORD, [...this.matters.values()]);
  }
}

function fieldsOf(
  form: MatterForm,
): Omit<DeskMatter, 'id' | 'created_at' | 'updated_at' | 'uploads' | 'sendings' | 'told_status'> {
  const { id: _id, client, clients, ...fields } = form;
  const named = clients ?? (client === undefined ? [] : [client]);
  return { ...fields, clients: named.map(withId), other_sides: fields.other_sides.map(withId) };
}

function withId(client: Omit<DeskClient, 'id'> & { readonly id?: string }): DeskClient {
  return { ...client, id: client.id ?? newId('cli') };
}

/** Matterline leaves out a picture that is not newer than the one it has, so two edits in one millisecond must still differ. */
function laterThan(previous: string): string {
  return new Date(Math.max(Date.now(), Date.parse(previous) + 1)).toISOString();
}
