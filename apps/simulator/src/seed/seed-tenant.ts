import type { Firm } from '../model/firm';
import type { Region } from '../model/region';
import type { Tenant } from '../model/tenant';
import { Random } from '../store/random';
import type { World } from '../world';
import { FIRMS, type FirmSeed } from './people';
import { phoneSpelling } from './phone-spellings';
import { seedContacts } from './seed-contacts';
import { seedMatters } from './seed-matters';

export const DEMO_PASSWORD = 'demo';

/** Two firms with people, contacts and matters. The same seed gives the same ids, whatever was drawn before. */
export function seedTenant(world: World, tenant: Tenant): void {
  for (const seed of FIRMS[tenant.info.region]) {
    const random = new Random(world.seed() + Random.seedOf(`${tenant.info.name} ${seed.name}`));
    const firm = seedFirm(world, tenant, seed, random);
    seedStaff(firm, seed, tenant.info.region, random);
    const contacts = seedContacts(world, firm, tenant.info.region, random, seed);
    seedMatters(world, firm, seed, contacts, random);
  }
}

function seedFirm(world: World, tenant: Tenant, seed: FirmSeed, random: Random): Firm {
  const id = random.uuid();
  const address = { addressLine1: '12 Demo Street', city: seed.city, state: seed.state, zipCode: seed.zip };
  tenant.firmRecords.put(id, {
    id,
    name: seed.name,
    prefix: seed.prefix,
    lastNumber: 0,
    body: {
      versionId: random.uuid(),
      owner: 'Smokeball',
      status: { status: 'Active', statusMessage: '' },
      productId: 'SMK003',
      addOnIds: ['ADD001', 'ADD005'],
      email: `office@${seed.domain}`,
      phone: phoneSpelling(tenant.info.region, 0, 0),
      streetAddress: address,
      mailingAddress: address,
      createdDate: '2021-03-01T09:00:00.0000000Z',
    },
  });
  const firm = tenant.firms.get(id);
  if (firm === undefined) throw new Error(`the firm ${seed.name} was not made`);
  world.noteChange({ kind: 'reset', tenant: tenant.info.name });
  return firm;
}

function seedStaff(firm: Firm, seed: FirmSeed, region: Region, random: Random): void {
  seed.staff.forEach((person, index) => {
    const [id, userId] = [random.uuid(), random.uuid()];
    const email = `${person.first}.${person.last}@${seed.domain}`.toLowerCase();
    const initials = person.initials === null ? {} : { initials: person.initials };
    const role = person.role === null ? {} : { role: person.role };
    firm.staff.put(id, {
      id,
      versionId: random.uuid(),
      userId: person.hasUser ? userId : null,
      former: person.state === 'former',
      enabled: person.state !== 'disabled',
      rate: person.rate,
      body: {
        firstName: person.first,
        lastName: person.last,
        ...initials,
        ...role,
        email,
        phone: phoneSpelling(region, 1, 90 + index),
        // An empty object is what the real API gives for a member without a mobile number.
        cell: person.hasCell ? phoneSpelling(region, 4, 80 + index) : {},
        colorFill: '#2f6f8f',
        colorStroke: '#ffffff',
      },
    });
    if (!person.hasUser) return;
    const isFormerUser = person.state === 'former';
    firm.users.put(userId, { id: userId, email, password: DEMO_PASSWORD, staffId: id, isFormerUser });
  });
}
