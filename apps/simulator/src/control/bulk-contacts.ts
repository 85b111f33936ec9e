import type { Tenant } from '../model/tenant';
import { FIRST_NAMES, LAST_NAMES } from '../seed/people';
import type { World } from '../world';
import { wholeNumber } from './whole-number';

const MOST_AT_ONCE = 500_000;

/** Fills the tenant's first firm with `wanted` people, for load tests; answers how many it then has. */
export function bulkContacts(world: World, tenant: Tenant, wanted: unknown): { readonly contacts: number } {
  const count = wholeNumber(wanted, 'count', { least: 1, most: MOST_AT_ONCE });
  const firm = tenant.firms.values().next().value;
  if (firm === undefined) return { contacts: 0 };
  const { random, clock } = world;
  for (let i = 0; i < count; i += 1) {
    const areaCode = `${200 + Math.floor(i / 10_000)}`;
    const number = `555${`${i % 10_000}`.padStart(4, '0')}`;
    const isSplit = i % 2 === 0;
    firm.contacts.putAtOnce({
      id: random.uuid(),
      kind: 'person',
      body: {
        firstName: FIRST_NAMES[i % FIRST_NAMES.length],
        lastName: `${LAST_NAMES[Math.floor(i / 20) % LAST_NAMES.length] ?? ''} ${i}`,
        email: `person${i}@bulk.example`,
        phone: isSplit ? { areaCode, number } : { number: `${areaCode}${number}` },
      },
      externalSystemId: null,
      isDeleted: false,
      versionId: random.uuid(),
      lastUpdated: clock.ticks().toString(),
      tagIds: [],
      relations: [],
    });
  }
  return { contacts: firm.contacts.size };
}
