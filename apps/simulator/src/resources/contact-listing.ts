import type { ContactRecord } from '../model/records';
import type { Listing } from '../store/listing';
import { searchNames } from './contact-names';
import { ExactIndex } from './exact-index';
import { TextBlocks } from './text-blocks';

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

/** What can be looked for in pieces: the fields (`phone` with faxes), and the digits alone of all numbers. */
export type ContactColumn = ContactField | 'digits';

/** The contacts that lists and searches see, with an index for exact searches and one for pieces of text. */
export class ContactListing implements Listing<ContactRecord> {
  private readonly entries = new Map<string, ContactEntry>();
  private readonly exact: Readonly<Record<ContactField, ExactIndex>> = {
    email: new ExactIndex(),
    name: new ExactIndex(),
    phone: new ExactIndex(),
  };
  private readonly pieces = new TextBlocks<ContactEntry>(columnTexts);

  constructor(private readonly lookup: (id: string) => ContactRecord | undefined) {}

  show(id: string, row: ContactRecord | undefined): void {
    const before = this.entries.get(id);
    if (before !== undefined) this.unindex(id, before);
    if (row === undefined) {
      this.entries.delete(id);
      this.pieces.delete(id);
      return;
    }
    const entry = this.entryOf(row);
    this.entries.set(id, entry);
    for (const field of FIELDS) for (const text of entry[field]) this.exact[field].add(text, id);
    this.pieces.put(id, entry);
  }

  *values(): Iterable<ContactRecord> {
    for (const entry of this.entries.values()) yield entry.contact;
  }

  all(): Iterable<ContactEntry> {
    return this.entries.values();
  }

  equalTo(field: ContactField, text: string): ContactEntry[] {
    return [...this.exact[field].get(text)].flatMap((id) => this.entries.get(id) ?? []);
  }

  /** All that have the piece in one of the column's texts. */
  having(column: ContactColumn, piece: string): ContactEntry[] {
    return this.pieces.having(column, piece);
  }

  private unindex(id: string, entry: ContactEntry): void {
    for (const field of FIELDS) {
      for (const text of entry[field]) this.exact[field].delete(text, id);
    }
  }

  private entryOf(contact: ContactRecord): ContactEntry {
    const body = contact.body;
    const phone = phoneTexts(contact, PHONE_FIELDS);
    const email = typeof body['email'] === 'string' && body['email'] !== '' ? [body['email'].toLowerCase()] : [];
    return { contact, email, name: searchNames(contact, this.lookup), phone, fax: phoneTexts(contact, ['fax']) };
  }
}

const FIELDS: readonly ContactField[] = ['email', 'name', 'phone'];
/** One for all: an empty list of its own for each of 200,000 contacts is felt. */
const NONE: readonly string[] = [];

/** The members that hold numbers to call. */
export const PHONE_FIELDS: readonly string[] = ['phone', 'phone2', 'cell'];

/** The numbers in these members, as stored and in lower case. */
export function phoneTexts(contact: ContactRecord, fields: readonly string[]): readonly string[] {
  const texts = fields.flatMap((name) => numberTexts(contact.body[name]));
  return texts.length === 0 ? NONE : texts;
}

function numberTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { areaCode, number } = value as { areaCode?: unknown; number?: unknown };
  if (typeof number !== 'string' || number === '') return [];
  const raw = number.toLowerCase();
  return typeof areaCode === 'string' && areaCode !== '' ? [raw, `${areaCode.toLowerCase()}${raw}`] : [raw];
}

function columnTexts(entry: ContactEntry, column: string): readonly string[] {
  if (column === 'email' || column === 'name') return entry[column];
  const numbers = entry.fax.length === 0 ? entry.phone : [...entry.phone, ...entry.fax];
  return column === 'phone' ? numbers : numbers.map((number) => number.replace(/\D/g, ''));
}
