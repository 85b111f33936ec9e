import { z } from 'zod';
import type { Contact } from '../wire/contact';
import {
  companyWriteSchema,
  groupOfPeopleWriteSchema,
  personWriteSchema,
  trustWriteSchema,
  type ContactReplacement,
} from '../wire/contact-write';
import type { Link } from '../wire/link';

/** Members inside details that can be read but not written. */
const READ_ONLY_DETAILS = new Set(['voiDetails', 'poaVoiDetails']);

/** Smokeball reads this one as a word and takes it as a number; which is which is inferred from their order in the description. */
const COMPANY_MANAGED_BY: ReadonlyMap<unknown, 0 | 1> = new Map([
  ['Members', 0],
  ['Managers', 1],
]);

/**
 * A read contact as the body of a full replacement, ready to be changed and sent with `update`: read-only members gone, links turned into
 * ids, everything else kept. `identificationDetails` of a person can be written but never read, so an update may clear them.
 * docs/smokeball-api.md#contacts
 */
export function replacementOf(contact: Contact): ContactReplacement {
  const { person, company, trust, groupOfPeople } = contact;
  return {
    isDeleted: contact.isDeleted,
    ...(contact.externalSystemId === undefined ? {} : { externalSystemId: contact.externalSystemId }),
    ...(person === undefined ? {} : { person: writable(person, personWriteSchema) }),
    ...(company === undefined ? {} : { company: writable(withCompanyIds(company), companyWriteSchema) }),
    ...(trust === undefined ? {} : { trust: writable(trust, trustWriteSchema) }),
    ...(groupOfPeople === undefined
      ? {}
      : { groupOfPeople: writable(withPeopleIds(groupOfPeople), groupOfPeopleWriteSchema) }),
  };
}

function withCompanyIds(company: NonNullable<Contact['company']>): Record<string, unknown> {
  const managedBy = COMPANY_MANAGED_BY.get(company['companyManagedBy']);
  return {
    ...company,
    staffIds: idsOf(company.staff),
    directorIds: idsOf(company.directors),
    companyManagedBy: managedBy,
  };
}

function withPeopleIds(group: NonNullable<Contact['groupOfPeople']>): Record<string, unknown> {
  return { ...group, peopleIds: idsOf(group.people) };
}

function idsOf(links: readonly Link[]): readonly string[] {
  return links.flatMap((link) => (link.id === undefined ? [] : [link.id]));
}

/** Keeps what the write schema knows; what it does not fit is a fault of ours and shows as `invalid_request` when sent. */
function writable<S extends z.ZodObject>(value: Readonly<Record<string, unknown>>, schema: S): z.input<S> {
  const members = Object.keys(schema.shape)
    .filter((name) => value[name] !== undefined)
    .map((name) => [name, nested(value[name], schema.shape[name])]);
  return Object.fromEntries(members) as z.input<S>;
}

function nested(value: unknown, schema: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => nested(item, undefined));
  const known = memberNames(schema);
  const kept = Object.entries(value).filter(
    ([name]) => !READ_ONLY_DETAILS.has(name) && (known === undefined || known.includes(name)),
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, nested(member, undefined)]));
}

/** Member names of an object schema under its optional and nullable wrappers; undefined for opaque details. */
function memberNames(schema: unknown): readonly string[] | undefined {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  const isWrapper = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
  return isWrapper ? memberNames(schema.unwrap()) : undefined;
}
