import type { Firm } from '../model/firm';
import type { ContactKind, ContactRecord } from '../model/records';
import type { Region } from '../model/region';
import type { Random } from '../store/random';
import { tagNamed } from '../resources/contact-tags';
import type { World } from '../world';
import { FIRST_NAMES, LAST_NAMES, type FirmSeed } from './people';
import { HURRIED_SPELLINGS, phoneSpelling } from './phone-spellings';

const PEOPLE = 28;
const COMPANIES: readonly (readonly [string, string])[] = [
  ['Beacon Hill Bakery', 'Limited Liability Company'],
  ['Northgate Insurance', 'Corporation'],
  ['Riverbend Motors', 'Partnership'],
  ['City Housing Office', 'Government Agency'],
];

/** Contacts of every kind the region knows, with phone numbers in every spelling; some share one number. */
export function seedContacts(
  world: World,
  firm: Firm,
  region: Region,
  random: Random,
  seed: FirmSeed,
): ContactRecord[] {
  const put = (kind: ContactKind, body: Record<string, unknown>, more: Partial<ContactRecord> = {}): ContactRecord =>
    firm.contacts.putAtOnce({
      id: random.uuid(),
      kind,
      body,
      externalSystemId: null,
      isDeleted: false,
      versionId: random.uuid(),
      lastUpdated: world.clock.ticks().toString(),
      tagIds: [],
      relations: [],
      ...more,
    });
  const people = Array.from({ length: PEOPLE }, (_, index) =>
    put('person', personBody(region, seed, index), tagsFor(world, firm, index)),
  );
  const shared = people[0]?.body['phone'];
  put('person', { firstName: 'Carlos', lastName: LAST_NAMES[0], phone: shared, email: 'carlos@family.example' });
  put('person', { firstName: 'Deleted', lastName: 'Duplicate', phone: shared }, { isDeleted: true });
  COMPANIES.forEach(([name, type], index) => {
    const employee = people[20 + index]?.id;
    const slug = name.toLowerCase().replace(/[^a-z]/g, '');
    put('company', {
      name,
      type: region === 'us' ? type : 'Company',
      email: `office@${slug}.example`,
      phone: phoneSpelling(region, index, 60 + index),
      website: `https://${slug}.example`,
      staffIds: employee === undefined ? [] : [employee],
    });
  });
  const couple = people.slice(2, 4).map((person) => person.id);
  if (region !== 'uk') put('groupOfPeople', { peopleIds: couple });
  if (region === 'us') {
    const trustees = [{ name: 'Maria Nguyen', type: 'Individual' }];
    put('trust', { name: 'Nguyen Family Trust', status: 'Active', phone: phoneSpelling(region, 1, 70), trustees });
  }
  HURRIED_SPELLINGS[region].forEach((number, index) => {
    put('person', { firstName: ['Pat', 'Robin', 'Chris'][index], lastName: 'Hastings', phone: { number } });
  });
  return people;
}

function personBody(region: Region, seed: FirmSeed, index: number): Record<string, unknown> {
  const firstName = FIRST_NAMES[index % FIRST_NAMES.length] ?? '';
  const lastName = LAST_NAMES[(index * 7) % LAST_NAMES.length] ?? '';
  const slug = `${firstName}.${lastName}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  const hasCell = index % 3 === 0;
  return {
    firstName,
    lastName,
    ...(index % 5 === 0 ? { middleName: 'J.' } : {}),
    ...(index % 9 === 8 ? {} : { email: `${slug}${index >= 20 ? index : ''}@mail.example` }),
    phone: phoneSpelling(region, index, index),
    ...(hasCell ? { cell: phoneSpelling(region, index + 2, 40 + index) } : {}),
    residentialAddress: {
      addressLine1: `${10 + index} Elm Street`,
      city: seed.city,
      state: seed.state,
      zipCode: seed.zip,
    },
  };
}

function tagsFor(world: World, firm: Firm, index: number): Partial<ContactRecord> {
  return index % 8 === 1 ? { tagIds: [tagNamed(world, firm, 'VIP').id] } : {};
}
