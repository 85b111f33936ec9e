import type { ContactRecord } from '../model/records';
import type { Listing } from '../store/listing';
import { searchNames } from './contact-names';

/** The searchable texts of one contact, in lower case. */
export interface ContactEntry {
  readonly contact: ContactRecord;
  readonly email: readonly string[];
  readonly name: readonly string[];
  /** As stored, never normalised: each number alone and with its area code in front. */
  readonly phone: readonly string[];
  readonly fax: readonly string[];
}

export type ContactField = 'email' | 'name' | 'phone';

/** The contacts that lists and searches see, with an index for each exact search. */
export class ContactListing implements Listing<ContactRecord> {
  private readonly entries = new Map<string, ContactEntry>();
  private readonly exact: Record<ContactField, Map<string, Set<string>>> = {
    email: new Map(),
    name: new Map(),
    phone: new Map(),
  };

  constructor(private readonly lookup: (id: string) => ContactRecord | undefined) {}

  show(id: string, row: ContactRecord | undefined): void {
    const before = this.entries.get(id);
    if (before !== undefined) this.unindex(id, before);
    if (row === undefined) {
      this.entries.delete(id);
      return;
    }
    const entry = this.entryOf(row);
    this.entries.set(id, entry);
    for (const field of FIELDS) for (const text of entry[field]) add(this.exact[field], text, id);
  }

  *values(): Iterable<ContactRecord> {
    for (const entry of this.entries.values()) yield entry.contact;
  }

  all(): Iterable<ContactEntry> {
    return this.entries.values();
  }

  equalTo(field: ContactField, text: string): ContactEntry[] {
    const ids = this.exact[field].get(text) ?? [];
    return [...ids].flatMap((id) => this.entries.get(id) ?? []);
  }

  private unindex(id: string, entry: ContactEntry): void {
    for (const field of FIELDS) {
      for (const text of entry[field]) {
        const ids = this.exact[field].get(text);
        ids?.delete(id);
        if (ids?.size === 0) this.exact[field].delete(text);
      }
    }
  }

  private entryOf(contact: ContactRecord): ContactEntry {
    const body = contact.body;
    const phone = ['phone', 'phone2', 'cell'].flatMap((name) => phoneTexts(body[name]));
    const email = typeof body['email'] === 'string' && body['email'] !== '' ? [body['email'].toLowerCase()] : [];
    return { contact, email, name: searchNames(contact, this.lookup), phone, fax: phoneTexts(body['fax']) };
  }
}

const FIELDS: readonly ContactField[] = ['email', 'name', 'phone'];

function phoneTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { areaCode, number } = value as { areaCode?: unknown; number?: unknown };
  if (typeof number !== 'string' || number === '') return [];
  const raw = number.toLowerCase();
  return typeof areaCode === 'string' && areaCode !== '' ? [raw, `${areaCode.toLowerCase()}${raw}`] : [raw];
}

function add(index: Map<string, Set<string>>, text: string, id: string): void {
  const ids = index.get(text);
  if (ids === undefined) index.set(text, new Set([id]));
  else ids.add(id);
}
