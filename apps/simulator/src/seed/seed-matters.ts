import type { Firm } from '../model/firm';
import type { ContactRecord, MatterRecord } from '../model/records';
import { newMatter } from '../resources/matter-changes';
import type { Random } from '../store/random';
import type { World } from '../world';
import type { FirmSeed } from './people';

/** Type, status, and the positions of client and other side in the list of people. */
const MATTERS: readonly (readonly [type: string, status: string, client: number, other: number | null])[] = [
  ['Divorce', 'Open', 0, 5],
  ['Motor Vehicle Accident', 'Open', 1, 6],
  ['Will', 'Open', 2, null],
  ['Residential Purchase', 'Pending', 3, 7],
  ['Unfair Dismissal', 'Open', 4, null],
  ['Custody', 'Closed', 0, 5],
  ['Contract Dispute', 'Cancelled', 8, 9],
  ['Living Trust', 'Deleted', 10, null],
  ['Family Visa', 'Open', 11, 12],
  ['Drink Driving', 'Open', 13, null],
];
const RESTRICTED = 9;

/** Matters in every state, one lead, and one that only the firm's second user may see. */
export function seedMatters(
  world: World,
  firm: Firm,
  seed: FirmSeed,
  contacts: readonly ContactRecord[],
  random: Random,
): void {
  const catalogue = world.catalogue(firm.tenant);
  const staff = [...firm.staff.values()];
  const second = [...firm.users.values()][1];
  MATTERS.forEach(([name, status, client, other], index) => {
    const type = catalogue.named(name, seed.matterLocation);
    const fields = {
      matterTypeId: type?.id,
      clientIds: [contacts[client]?.id],
      otherSideIds: other === null ? [] : [contacts[other]?.id],
      status,
      number: `${seed.prefix}-2026-${`${firm.count('matter-number')}`.padStart(4, '0')}`,
      description: `${name} for the demonstration`,
      openedDate: '2026-02-03T00:00:00Z',
      personResponsibleStaffId: staff[index % 2]?.id,
    };
    const matter = newMatter(world, firm, random.uuid(), fields);
    const restrictedTo = index === RESTRICTED && second !== undefined ? [second.id] : null;
    store(world, firm, { ...matter, restrictedTo });
  });
  const leadType = catalogue.types.find(
    (type) => type.type === 1 && type.name === 'Slip and Fall' && type.location === seed.matterLocation,
  );
  const lead = { matterTypeId: leadType?.id, clientIds: [contacts[14]?.id], status: 'Open', isLead: true };
  store(world, firm, newMatter(world, firm, random.uuid(), lead));
}

function store(world: World, firm: Firm, matter: MatterRecord): void {
  firm.matters.putAtOnce({ ...matter, versionId: world.clock.ticks().toString() });
}
