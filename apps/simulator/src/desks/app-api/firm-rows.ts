import type { Firm } from '../../model/firm';
import type { ContactRecord, MatterRecord } from '../../model/records';
import { contactName } from '../../resources/contact-names';
import { RecentRows, type RecentRow } from './recent-rows';

const PHONES = ['cell', 'phone', 'phone2', 'fax'];

/** The searchable lists of one firm. Built at the first look; later only what changed is read again. */
export class FirmRows {
  private lists: { readonly contacts: RecentRows; readonly matters: RecentRows } | undefined;
  private readonly changedContacts = new Set<string>();
  private readonly changedMatters = new Set<string>();

  constructor(private readonly firm: Firm) {}

  noteContact(id: string): void {
    if (this.lists === undefined) return;
    this.changedContacts.add(id);
    // A matter is found by its clients' names too.
    for (const matter of this.firm.matters.listing.ofContact(id)) this.changedMatters.add(matter.id);
  }

  noteMatter(id: string): void {
    if (this.lists !== undefined) this.changedMatters.add(id);
  }

  get contacts(): RecentRows {
    return this.current().contacts;
  }

  get matters(): RecentRows {
    return this.current().matters;
  }

  private current(): { readonly contacts: RecentRows; readonly matters: RecentRows } {
    const { firm } = this;
    const lists = this.lists ?? this.read();
    for (const id of drained(this.changedContacts)) put(lists.contacts, firm.contacts.get(id), this.contactRow);
    for (const id of drained(this.changedMatters)) put(lists.matters, firm.matters.get(id), this.matterRow);
    // Records that came in bulk are not told one by one.
    const isWhole = lists.contacts.size === firm.contacts.size && lists.matters.size === firm.matters.size;
    this.lists = isWhole ? lists : this.read();
    return this.lists;
  }

  private read(): { readonly contacts: RecentRows; readonly matters: RecentRows } {
    const contacts = [...this.firm.contacts.values()].sort((a, b) => olderFirst(a.lastUpdated, b.lastUpdated));
    const matters = [...this.firm.matters.values()].sort((a, b) => olderFirst(a.versionId, b.versionId));
    return {
      contacts: new RecentRows(contacts.map(this.contactRow)),
      matters: new RecentRows(matters.map(this.matterRow)),
    };
  }

  private readonly contactRow = (contact: ContactRecord): RecentRow => {
    const { body } = contact;
    const phones = PHONES.flatMap((name) => phoneTexts(body[name]));
    const email = typeof body['email'] === 'string' ? body['email'] : '';
    const texts = [this.nameOf(contact), email, ...phones, contact.id];
    return { id: contact.id, version: contact.lastUpdated, text: texts.join('\n').toLowerCase() };
  };

  private readonly matterRow = (matter: MatterRecord): RecentRow => {
    const people = [...matter.clientIds, ...matter.otherSideIds].map((id) => this.nameOf(this.firm.contacts.get(id)));
    const description = typeof matter.body['description'] === 'string' ? matter.body['description'] : '';
    const external = typeof matter.body['externalSystemId'] === 'string' ? matter.body['externalSystemId'] : '';
    const texts = [matter.number ?? '', description, external, matter.id, ...people];
    return { id: matter.id, version: matter.versionId, text: texts.join('\n').toLowerCase() };
  };

  private nameOf(contact: ContactRecord | undefined): string {
    return contact === undefined ? '' : contactName(contact, (id) => this.firm.contacts.get(id));
  }
}

function put<T>(rows: RecentRows, record: T | undefined, rowOf: (record: T) => RecentRow): void {
  if (record !== undefined) rows.put(rowOf(record));
}

function drained(ids: Set<string>): readonly string[] {
  const all = [...ids];
  ids.clear();
  return all;
}

/** As it is stored, and as bare digits. */
function phoneTexts(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { areaCode, number } = value as { readonly areaCode?: unknown; readonly number?: unknown };
  const whole = [areaCode, number].filter((part) => typeof part === 'string' && part !== '').join(' ');
  return whole === '' ? [] : [whole, whole.replace(/\D/g, '')];
}

/** Ticks as text: the longer one is the later one, and of the same length the greater text. */
function olderFirst(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
