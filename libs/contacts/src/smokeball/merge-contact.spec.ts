import type { Party } from '@matterline/contracts';
import type { Contact, Region } from '@matterline/smokeball-client';
import { mergeContact } from './merge-contact';

const AGREED: Party = {
  id: 'cli_1',
  first_name: 'Anna',
  last_name: 'Rivera',
  email: 'anna@example.com',
  phone: '(617) 399-8147',
  mobile: '617 555 0100',
  address: { line1: '1 Elm Street', line2: 'Apt 4', city: 'Boston', state: 'MA', zip: '02115' },
};

const PERSON = {
  firstName: 'Anna',
  lastName: 'Rivera',
  email: 'anna@example.com',
  phone: { areaCode: '617', number: '3998147' },
  cell: { areaCode: '617', number: '5550100' },
  residentialAddress: {
    addressLine1: '1 Elm Street',
    addressLine2: 'Apt 4',
    city: 'Boston',
    state: 'MA',
    zipCode: '02115',
  },
};

const contact = (person: object): Contact =>
  ({ id: 'c', isDeleted: false, tags: [], lastUpdated: 5n, externalSystemId: 'other', person }) as unknown as Contact;

interface Case {
  readonly name: string;
  readonly agreed?: Party | null;
  readonly now: Partial<Party>;
  readonly held?: object;
  readonly region?: Region;
  /** The whole person that is written; null when nothing is. */
  readonly written: object | null;
}

const CASES: readonly Case[] = [
  { name: 'nothing changed', now: {}, written: null },
  {
    name: 'one member follows and everything else goes back as it was read, known to us or not',
    now: { email: 'new@example.com' },
    held: { ...PERSON, notes: 'Likes tea', futureMember: { deep: [1] } },
    written: { ...PERSON, notes: 'Likes tea', futureMember: { deep: [1] }, email: 'new@example.com' },
  },
  {
    name: 'what a Smokeball user changed stays when CaseHug did not change it',
    now: { email: 'new@example.com' },
    held: { ...PERSON, lastName: 'Rivera-Lopez', cell: { number: '617-555-0199' } },
    written: { ...PERSON, lastName: 'Rivera-Lopez', cell: { number: '617-555-0199' }, email: 'new@example.com' },
  },
  {
    name: 'a member that CaseHug does not speak of any more stays',
    now: { email: undefined, phone: undefined, mobile: undefined, address: undefined },
    written: null,
  },
  {
    name: 'what CaseHug cleared goes, if it still is what came from there',
    now: { email: null, mobile: null },
    written: {
      firstName: 'Anna',
      lastName: 'Rivera',
      phone: PERSON.phone,
      residentialAddress: PERSON.residentialAddress,
    },
  },
  {
    name: 'what CaseHug cleared stays where a Smokeball user has written something else',
    now: { email: null, mobile: null, phone: null, address: null },
    held: {
      ...PERSON,
      email: 'private@example.com',
      cell: { number: '617-555-0199' },
      phone: { number: '212-555-0199' },
      residentialAddress: { addressLine1: '9 Oak Road', city: 'Salem', state: 'NH', zipCode: '03079' },
    },
    written: null,
  },
  { name: 'a name is never taken away', now: { first_name: null, last_name: null }, written: null },
  {
    name: 'a number that CaseHug only wrote otherwise is no change',
    now: { phone: '+1 617 399 8147', mobile: '6175550100' },
    held: { ...PERSON, phone: { number: '(617) 399-8147 ext 4' } },
    written: null,
  },
  {
    name: 'a number that Smokeball holds already keeps the form that it has there',
    agreed: { ...AGREED, phone: '212 555 0123' },
    now: { phone: '617-399-8147' },
    held: { ...PERSON, phone: { number: '617.399.8147' } },
    written: null,
  },
  {
    name: 'an extension that CaseHug adds follows',
    now: { phone: '(617) 399-8147 ext. 22' },
    written: { ...PERSON, phone: { areaCode: '617', number: '3998147 x22' } },
  },
  {
    name: 'an extension that CaseHug takes away goes',
    agreed: { ...AGREED, phone: '617-399-8147 x22' },
    now: { phone: '617-399-8147' },
    held: { ...PERSON, phone: { areaCode: '617', number: '3998147 x22' } },
    written: { ...PERSON, phone: { areaCode: '617', number: '3998147' } },
  },
  {
    name: 'an extension that CaseHug takes away and that people in Smokeball changed stays',
    agreed: { ...AGREED, phone: '617-399-8147 x22' },
    now: { phone: '617-399-8147' },
    held: { ...PERSON, phone: { areaCode: '617', number: '3998147 x9' } },
    written: null,
  },
  {
    name: 'a new number is split as the region stores it, beside members of the phone that we do not know',
    now: { mobile: '(212) 555-0123' },
    held: { ...PERSON, cell: { areaCode: '617', number: '5550100', carrier: 'X' } },
    written: { ...PERSON, cell: { areaCode: '212', number: '5550123', carrier: 'X' } },
  },
  {
    name: 'what is no number is written as it was typed',
    now: { phone: 'ask the office' },
    written: { ...PERSON, phone: { number: 'ask the office' } },
  },
  {
    name: 'part of an address: the rest of it stays, a county that a Smokeball user added too',
    now: { address: { ...AGREED.address, zip: '02116' } },
    held: { ...PERSON, residentialAddress: { ...PERSON.residentialAddress, county: 'Suffolk' } },
    written: {
      ...PERSON,
      residentialAddress: { ...PERSON.residentialAddress, county: 'Suffolk', zipCode: '02116' },
    },
  },
  {
    name: 'the second line that a Smokeball user added stays when CaseHug changes the first',
    agreed: { ...AGREED, address: { line1: '1 Elm Street', city: 'Boston', state: 'MA', zip: '02115' } },
    now: { address: { line1: '9 Oak Road', city: 'Boston', state: 'MA', zip: '02115' } },
    written: { ...PERSON, residentialAddress: { ...PERSON.residentialAddress, addressLine1: '9 Oak Road' } },
  },
  {
    name: 'a second line that CaseHug gave and takes away goes, and the first stays',
    now: { address: { ...AGREED.address, line2: null } },
    written: { ...PERSON, residentialAddress: { ...PERSON.residentialAddress, addressLine2: undefined } },
  },
  {
    name: 'another street takes the place of the old one in every member that it stood in',
    now: { address: { ...AGREED.address, line1: '9 Oak Road', line2: null } },
    held: {
      ...PERSON,
      residentialAddress: {
        unitNumber: '4',
        streetNumber: '1',
        streetName: 'Elm',
        streetType: 'Street',
        city: 'Boston',
      },
    },
    written: { ...PERSON, residentialAddress: { addressLine1: '9 Oak Road', city: 'Boston' } },
  },
  {
    name: 'outside the US the street has one line',
    region: 'au',
    now: { address: { ...AGREED.address, line1: '9 Oak Road' } },
    held: {
      ...PERSON,
      phone: undefined,
      cell: undefined,
      residentialAddress: { streetName: '1 Elm Street', city: 'Boston' },
    },
    written: {
      firstName: 'Anna',
      lastName: 'Rivera',
      email: 'anna@example.com',
      residentialAddress: { streetName: '9 Oak Road, Apt 4', city: 'Boston' },
    },
  },
  {
    name: 'an address that CaseHug cleared goes, if it is still its own',
    now: { address: null },
    written: {
      firstName: 'Anna',
      lastName: 'Rivera',
      email: 'anna@example.com',
      phone: PERSON.phone,
      cell: PERSON.cell,
    },
  },
  {
    name: 'the case of an e-mail address is no change',
    now: { email: 'ANNA@example.com' },
    written: null,
  },
  {
    name: 'a second given name that Smokeball keeps apart is not doubled',
    agreed: { ...AGREED, first_name: 'Ana Maria' },
    now: { first_name: 'Anna Maria' },
    held: { ...PERSON, firstName: 'Ana', middleName: 'Maria' },
    written: { ...PERSON, firstName: 'Anna', middleName: 'Maria' },
  },
  {
    name: 'without knowing what was agreed on, what CaseHug says is written and nothing is taken away',
    agreed: null,
    now: { email: null, mobile: '(212) 555-0123' },
    written: { ...PERSON, cell: { areaCode: '212', number: '5550123' } },
  },
  {
    name: 'a person who became a company in CaseHug stays a person; the rest follows',
    now: { company_name: 'Rivera LLC', email: 'office@example.com' },
    written: { ...PERSON, email: 'office@example.com' },
  },
];

test.each(CASES)('$name', ({ agreed = AGREED, now, held = PERSON, region = 'us', written }) => {
  const merged = mergeContact({ agreed, now: { ...AGREED, ...now }, held: contact(held), region });
  expect(merged.replacement?.person ?? null).toEqual(written);
  expect(merged.changed.length > 0).toBe(written !== null);
  if (merged.replacement) expect(merged.replacement).toMatchObject({ isDeleted: false, externalSystemId: 'other' });
});

test('a company, a trust and a group follow in what they have', () => {
  const agreed: Party = { id: 'cli_1', company_name: 'Basalt', phone: '6173998147', address: { city: 'Boston' } };
  const now: Party = { ...agreed, company_name: 'Basalt & Co', phone: '2125550123', address: { city: 'Salem' } };
  const write = (held: object) =>
    mergeContact({ agreed, now, held: { id: 'c', isDeleted: false, tags: [], ...held }, region: 'us' }).replacement;
  const phone = { areaCode: '617', number: '3998147' };
  expect(
    write({
      company: { name: 'Basalt', phone, staff: [{ id: 's1' }], directors: [], businessAddress: { city: 'Boston' } },
    }),
  ).toEqual({
    isDeleted: false,
    company: {
      name: 'Basalt & Co',
      phone: { areaCode: '212', number: '5550123' },
      staffIds: ['s1'],
      directorIds: [],
      businessAddress: { city: 'Salem' },
    },
  });
  expect(write({ trust: { name: 'T', phone, contacts: [], address: { city: 'Boston' } } })?.trust).toEqual({
    name: 'T',
    phone: { areaCode: '212', number: '5550123' },
    address: { city: 'Salem' },
  });
  expect(
    write({ groupOfPeople: { name: 'A & B', people: [{ id: 'p1' }], residentialAddress: {} } })?.groupOfPeople,
  ).toEqual({
    peopleIds: ['p1'],
    residentialAddress: { city: 'Salem' },
  });
});

test('what stands after the write leaves nothing to write', () => {
  const now = {
    ...AGREED,
    email: 'new@example.com',
    phone: '2125550123',
    address: { ...AGREED.address, line1: '9 Oak Road' },
  };
  const held = contact(PERSON);
  const { replacement } = mergeContact({ agreed: AGREED, now, held, region: 'us' });
  const after = contact(replacement?.person ?? {});
  expect(mergeContact({ agreed: AGREED, now, held: after, region: 'us' }).replacement).toBeNull();
});
