import type { Contact } from '../wire/contact';
import type { ContactReplacement } from '../wire/contact-write';
import type { Link } from '../wire/link';

type Members = Readonly<Record<string, unknown>>;

/** Members that can be read but not written, wherever they stand. */
const READ_ONLY = new Set(['voiDetails', 'poaVoiDetails', 'href', 'self']);

/** Smokeball reads this one as a word and takes it as a number; which is which is inferred from their order in the description. */
const COMPANY_MANAGED_BY: ReadonlyMap<unknown, 0 | 1> = new Map([
  ['Members', 0],
  ['Managers', 1],
]);

/**
 * A read contact as the body of a full replacement, ready to be changed and sent with `update`: read-only members gone, links turned into
 * ids, everything else kept, members that we do not know too. `identificationDetails` of a person can be written but never read, so an
 * update may clear them. docs/smokeball-api.md#contacts
 */
export function replacementOf(contact: Contact): ContactReplacement {
  const { person, company, trust, groupOfPeople } = contact;
  return {
    isDeleted: contact.isDeleted,
    ...(contact.externalSystemId === undefined ? {} : { externalSystemId: contact.externalSystemId }),
    ...(person === undefined ? {} : { person: kept(person) }),
    ...(company === undefined ? {} : { company: kept(writableCompany(company)) }),
    ...(trust === undefined ? {} : { trust: kept({ ...trust, contacts: undefined }) }),
    ...(groupOfPeople === undefined ? {} : { groupOfPeople: kept(writableGroup(groupOfPeople)) }),
  };
}

function writableCompany({ staff, directors, ...company }: NonNullable<Contact['company']>): Members {
  const companyManagedBy = COMPANY_MANAGED_BY.get(company['companyManagedBy']);
  return { ...company, staffIds: idsOf(staff), directorIds: idsOf(directors), companyManagedBy };
}

function writableGroup({ people, name: _joined, ...group }: NonNullable<Contact['groupOfPeople']>): Members {
  return { ...group, peopleIds: idsOf(people) };
}

function idsOf(links: readonly Link[]): readonly string[] {
  return links.flatMap((link) => (link.id === undefined ? [] : [link.id]));
}

function kept(value: Members): Record<string, unknown> {
  const members = Object.entries(value).filter(([name, member]) => member !== undefined && !READ_ONLY.has(name));
  return Object.fromEntries(members.map(([name, member]) => [name, nested(member)]));
}

function nested(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(nested) : kept(value as Members);
}
