import type { FieldTexts } from '@matterline/webhooks';
import type { Contact } from '@matterline/smokeball-client';
import { foldTag, type HeldTag } from '../tags/tag-changes';

type Members = Readonly<Record<string, unknown>>;
type Kinds = Readonly<Partial<Record<'person' | 'company' | 'trust' | 'groupOfPeople', unknown>>>;

const KINDS = ['person', 'company', 'trust', 'groupOfPeople'] as const;
const NAMES = 'title firstName middleName lastName nameSuffix customName name tradingName doingBusinessAsName'.split(
  ' ',
);
const PHONES = 'phone phone2 cell fax'.split(' ');
const ADDRESSES = 'residentialAddress mailingAddress businessAddress address'.split(' ');

/** What CaseHug is told of a contact, member by member, as texts that are equal while it is. Works on what is read and on what is written. */
export function contactFields(contact: Kinds): FieldTexts {
  const of = (members: readonly string[], form: (value: unknown) => unknown) =>
    JSON.stringify(
      KINDS.flatMap((kind) => {
        const held = contact[kind] as Members | undefined;
        return members.flatMap((name) => {
          const value = held?.[name] == null ? '' : form(held[name]);
          return value === '' ? [] : [[kind, name, value]];
        });
      }),
    );
  return {
    name: of(NAMES, plain),
    email: of(['email'], (value) => plain(value).toLowerCase()),
    phones: of(PHONES, digits),
    address: of(ADDRESSES, filled),
  };
}

/** The same of a contact as read, with what only Smokeball sets. */
export function seenContactFields(contact: Contact): FieldTexts {
  return { ...contactFields(contact), tags: contactTags(contact.tags), deleted: String(contact.isDeleted) };
}

/** Role tags follow the matters and are told there. */
export function contactTags(tags: readonly HeldTag[]): string {
  return JSON.stringify(tags.flatMap(({ name, type }) => (type === 'Role' ? [] : [foldTag(name ?? '')])).sort());
}

const plain = (value: unknown) =>
  typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : JSON.stringify(value);

/** Spelling makes no other number: only digits count, or the words where there are none. */
function digits(value: unknown): string {
  const { areaCode = '', number = '', extension = '' } = value as Partial<Record<string, string>>;
  const text = [areaCode, number, extension].filter(Boolean).join(' ');
  return text.replace(/\D/g, '') || plain(text);
}

function filled(value: unknown): unknown {
  const members = Object.entries(value as Members).flatMap(([name, member]) =>
    member == null || member === '' ? [] : [[name, plain(member)] as const],
  );
  return members.length === 0 ? '' : members.sort(([a], [b]) => (a < b ? -1 : 1));
}
