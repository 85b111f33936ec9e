import { z } from 'zod';
import { addressWriteSchema, businessAddressWriteSchema } from './address';
import { phoneWithExtensionWriteSchema, phoneWriteSchema } from './phone';
import { dateTimeIn, flagIn, idsIn, opaqueIn, textIn } from './scalars';

const phone = phoneWriteSchema.nullish();
const address = addressWriteSchema.nullish();

export const personWriteSchema = z.strictObject({
  title: textIn,
  firstName: textIn,
  middleName: textIn,
  lastName: textIn,
  nameSuffix: textIn,
  customName: textIn,
  otherNames: textIn,
  residentialAddress: address,
  mailingAddress: address,
  phone,
  phone2: phoneWithExtensionWriteSchema.nullish(),
  fax: phone,
  cell: phone,
  email: textIn,
  notes: textIn,
  occupation: textIn,
  birthDate: dateTimeIn,
  birthPlace: textIn,
  birthState: textIn,
  birthCountry: textIn,
  identificationNumberType: textIn,
  identificationNumber: textIn,
  passportDetails: opaqueIn,
  deathDetails: opaqueIn,
  gender: textIn,
  maritalStatus: textIn,
  specialNeeds: textIn,
  birthFirstName: textIn,
  birthMiddleName: textIn,
  birthLastName: textIn,
  previousNames: textIn,
  correctionsReferenceNumber: textIn,
  centrelinkReferenceNumber: textIn,
  identificationDetails: opaqueIn,
  citizenshipDetails: opaqueIn,
  utbmsDetails: opaqueIn,
  executionOptions: opaqueIn,
});

export const companyWriteSchema = z.strictObject({
  name: textIn,
  type: textIn,
  phone,
  fax: phone,
  email: textIn,
  website: textIn,
  notes: textIn,
  businessAddress: businessAddressWriteSchema.nullish(),
  mailingAddress: address,
  abn: textIn,
  ein: textIn,
  registeredDate: dateTimeIn,
  stateId: textIn,
  stateRegisteredIn: textIn,
  countryRegisteredIn: textIn,
  branch: textIn,
  registeredAddress: address,
  firmIsRegisteredAgent: z.boolean().nullish(),
  companyManagedBy: z.union([z.literal(0), z.literal(1)]).nullish(),
  companyNumberType: textIn,
  companyNumber: textIn,
  doingBusinessAsName: textIn,
  tradingAs: textIn,
  tradingName: textIn,
  staffIds: idsIn,
  directorIds: idsIn,
  executionOptions: opaqueIn,
});

const trustee = z.strictObject({ name: textIn, type: textIn });
export const trustWriteSchema = z.strictObject({
  name: textIn,
  status: textIn,
  trustNumber: textIn,
  executedDate: dateTimeIn,
  phone,
  fax: phone,
  address,
  trustees: z.array(trustee).readonly().nullish(),
});

export const groupOfPeopleWriteSchema = z.strictObject({
  peopleIds: idsIn,
  residentialAddress: address,
  mailingAddress: address,
});

const members = {
  externalSystemId: textIn,
  person: personWriteSchema.nullish(),
  company: companyWriteSchema.nullish(),
  trust: trustWriteSchema.nullish(),
  groupOfPeople: groupOfPeopleWriteSchema.nullish(),
};

/** A new contact: exactly one kind. docs/smokeball-api.md#contacts */
export const contactWriteSchema = z
  .strictObject({ ...members, isDeleted: flagIn })
  .refine(hasOneKind, 'exactly one kind');
export type ContactWrite = z.input<typeof contactWriteSchema>;

const keptPhone = phoneWriteSchema.loose().nullish();
const keptAddress = addressWriteSchema.loose().nullish();
const keptPerson = personWriteSchema.loose().extend({
  residentialAddress: keptAddress,
  mailingAddress: keptAddress,
  phone: keptPhone,
  phone2: phoneWithExtensionWriteSchema.loose().nullish(),
  fax: keptPhone,
  cell: keptPhone,
});
const keptCompany = companyWriteSchema.loose().extend({
  phone: keptPhone,
  fax: keptPhone,
  businessAddress: businessAddressWriteSchema.loose().nullish(),
  mailingAddress: keptAddress,
  registeredAddress: keptAddress,
});
const keptTrust = trustWriteSchema.loose().extend({ phone: keptPhone, fax: keptPhone, address: keptAddress });
const keptGroup = groupOfPeopleWriteSchema
  .loose()
  .extend({ residentialAddress: keptAddress, mailingAddress: keptAddress });

/**
 * A full replacement. `isDeleted` must be said: leaving it out reads as false and brings a deleted contact back. Members that nobody
 * here knows go back as they were read, or the replacement would blank them.
 */
export const contactReplacementSchema = z
  .strictObject({
    externalSystemId: textIn,
    person: keptPerson.nullish(),
    company: keptCompany.nullish(),
    trust: keptTrust.nullish(),
    groupOfPeople: keptGroup.nullish(),
    isDeleted: z.boolean(),
  })
  .refine(hasOneKind, 'exactly one kind');
export type ContactReplacement = z.input<typeof contactReplacementSchema>;

type Kinds = Readonly<Partial<Record<'person' | 'company' | 'trust' | 'groupOfPeople', unknown>>>;

function hasOneKind(contact: Kinds): boolean {
  const kinds = [contact.person, contact.company, contact.trust, contact.groupOfPeople];
  return kinds.filter((kind) => kind !== undefined && kind !== null).length === 1;
}
