import { z } from 'zod';
import { addressSchema } from './address';
import { links } from './link';
import { phoneSchema, phoneWithExtensionSchema } from './phone';
import { flag, text, ticks } from './scalars';

const phone = phoneSchema.optional();
const address = addressSchema.optional();

/** `Role` tags mirror the contact's roles on matters, have no id and cannot be changed. */
export const contactTagSchema = z.object({ id: text, name: text, type: text });
export type ContactTag = z.output<typeof contactTagSchema>;

const person = z.looseObject({
  title: text,
  firstName: text,
  middleName: text,
  lastName: text,
  nameSuffix: text,
  customName: text,
  email: text,
  phone,
  phone2: phoneWithExtensionSchema.optional(),
  cell: phone,
  fax: phone,
  residentialAddress: address,
  mailingAddress: address,
  notes: text,
  occupation: text,
  birthDate: text,
  previousNames: text,
});

const company = z.looseObject({
  name: text,
  type: text,
  email: text,
  phone,
  fax: phone,
  website: text,
  notes: text,
  businessAddress: address,
  mailingAddress: address,
  tradingName: text,
  doingBusinessAsName: text,
  staff: links,
  directors: links,
});

const trust = z.looseObject({ name: text, status: text, phone, fax: phone, address, contacts: links });
const groupOfPeople = z.looseObject({
  name: text,
  people: links,
  residentialAddress: address,
  mailingAddress: address,
});

/**
 * A contact as read. One of `person`, `company`, `trust` (US), `groupOfPeople` (US, AU) is present; unknown members are kept, so that a
 * full replacement loses nothing. docs/smokeball-api.md#contacts
 */
export const contactSchema = z.looseObject({
  id: z.string(),
  externalSystemId: text,
  versionId: text,
  isDeleted: flag,
  lastUpdated: ticks.optional(),
  person: person.optional(),
  company: company.optional(),
  trust: trust.optional(),
  groupOfPeople: groupOfPeople.optional(),
  tags: z.array(contactTagSchema).default([]),
});
export type Contact = z.output<typeof contactSchema>;
