import { ContactListing } from '../resources/contact-listing';
import { MatterListing } from '../resources/matter-listing';
import { Collection, type LagLists } from '../store/collection';
import type { Database } from '../store/database';
import { PlainListing, type Listing } from '../store/listing';
import type { Table } from '../store/table';
import type {
  ContactRecord,
  FileRecord,
  FirmRecord,
  MatterRecord,
  PlainRecord,
  StaffRecord,
  TagRecord,
  UserRecord,
} from './records';

export type PlainResource = 'memos' | 'tasks' | 'subtasks' | 'taskdocuments' | 'fees' | 'activitycodes' | 'folders';

/** One law firm's account: everything that is kept for it. */
export class Firm {
  readonly contacts: Collection<ContactRecord, ContactListing>;
  readonly matters: Collection<MatterRecord, MatterListing>;
  readonly files: Collection<FileRecord>;
  readonly plain: Readonly<Record<PlainResource, Collection<PlainRecord>>>;
  readonly staff: Table<StaffRecord>;
  readonly users: Table<UserRecord>;
  readonly contactTags: Table<TagRecord>;
  readonly matterTags: Table<TagRecord>;
  private readonly counters: Table<number>;

  constructor(
    readonly tenant: string,
    readonly accountId: string,
    private readonly firms: Table<FirmRecord>,
    database: Database,
    lag: (firm: Firm, resource: string) => LagLists,
  ) {
    const table = <T>(name: string): Table<T> => database.table<T>(`t/${tenant}/${accountId}/${name}`);
    const collection = <T extends { readonly id: string }, L extends Listing<T>>(name: string, listing: L) =>
      new Collection<T, L>(table<T>(name), listing, lag(this, name));
    const contactRows = table<ContactRecord>('contacts');
    this.contacts = collection<ContactRecord, ContactListing>(
      'contacts',
      new ContactListing((id) => contactRows.get(id)),
    );
    this.matters = collection<MatterRecord, MatterListing>('matters', new MatterListing());
    this.files = collection<FileRecord, PlainListing<FileRecord>>('files', new PlainListing<FileRecord>());
    const plain = (name: string) => collection<PlainRecord, PlainListing<PlainRecord>>(name, new PlainListing());
    this.plain = {
      memos: plain('memos'),
      tasks: plain('tasks'),
      subtasks: plain('subtasks'),
      taskdocuments: plain('taskdocuments'),
      fees: plain('fees'),
      activitycodes: plain('activitycodes'),
      folders: plain('folders'),
    };
    this.staff = table('staff');
    this.users = table('users');
    this.contactTags = table('contact-tags');
    this.matterTags = table('matter-tags');
    this.counters = table('counters');
  }

  record(): FirmRecord {
    const record = this.firms.get(this.accountId);
    if (record === undefined) throw new Error(`the firm ${this.accountId} is gone`);
    return record;
  }

  /** 1, 2, 3, … for each name. */
  count(name: string): number {
    return this.counters.put(name, (this.counters.get(name) ?? 0) + 1);
  }

  /** What `count` gave last. */
  lastCount(name: string): number {
    return this.counters.get(name) ?? 0;
  }

  /** Can this record be read by its id already? */
  has(resource: string, id: string): boolean {
    return this.collection(resource)?.get(id) !== undefined;
  }

  /** The list of this resource has caught up with this record. */
  refresh(resource: string, id: string): void {
    this.collection(resource)?.refresh(id);
  }

  private collection(resource: string): { get(id: string): unknown; refresh(id: string): void } | undefined {
    if (resource === 'contacts') return this.contacts;
    if (resource === 'matters') return this.matters;
    if (resource === 'files') return this.files;
    return resource in this.plain ? this.plain[resource as PlainResource] : undefined;
  }
}
