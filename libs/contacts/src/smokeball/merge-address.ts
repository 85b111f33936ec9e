import type { Address } from '@matterline/contracts';
import type { Region } from '@matterline/smokeball-client';
import { type MemberChange, textChange } from './member-change';

type Members = Readonly<Record<string, unknown>>;

/** What together makes the street, which CaseHug has in two lines. */
const STREET = [
  'addressLine1',
  'addressLine2',
  'buildingLevel',
  'unitNumber',
  'unitType',
  'streetNumber',
  'streetName',
  'streetType',
];

/** The three-way rule for an address: street, city, state and zip code each by itself; what else stands there stays. */
export function addressChanges(
  agreed: Address | null | undefined,
  now: Address | null | undefined,
  held: unknown,
  region: Region,
): MemberChange {
  if (now === undefined) return null;
  const before = (typeof held === 'object' && held !== null ? held : {}) as Members;
  const wish = now ?? { line1: null, line2: null, city: null, state: null, zip: null };
  const simple = {
    city: textChange(agreed?.city, wish.city, before['city']),
    state: textChange(agreed?.state, wish.state, before['state']),
    zipCode: textChange(agreed?.zip, wish.zip, before['zipCode']),
  };
  const changes = Object.entries(simple).filter((entry): entry is [string, { to: unknown }] => entry[1] !== null);
  const street = streetChange(agreed, wish, before, region);
  if (changes.length === 0 && street === null) return null;
  const rest = street === null ? before : without(before, STREET);
  const after = { ...rest, ...street, ...Object.fromEntries(changes.map(([name, { to }]) => [name, to])) };
  const given = Object.entries(after).filter(([, value]) => value !== undefined && value !== null);
  return { to: given.length === 0 ? undefined : Object.fromEntries(given) };
}

/** The members that replace the whole street; null leaves it. */
function streetChange(
  agreed: Address | null | undefined,
  wish: Address,
  before: Members,
  region: Region,
): Members | null {
  if (wish.line1 === undefined && wish.line2 === undefined) return null;
  if (region === 'us' && standsInLines(before)) return lineChanges(agreed, wish, before);
  const said = (line: 'line1' | 'line2') => (wish[line] === undefined ? agreed?.[line] : wish[line]);
  const [line1, line2] = [said('line1'), said('line2')];
  const lines = linesOf({ line1, line2 });
  const change = textChange(linesOf(agreed), lines || null, streetOf(before), foldStreet);
  if (change === null) return null;
  if (change.to === undefined) return {};
  if (region !== 'us') return { streetName: lines };
  return { addressLine1: line1 ?? undefined, addressLine2: line2 ?? undefined };
}

/** A street in two lines: each by itself, so that what a user of Smokeball wrote into the second survives a change of the first. */
function lineChanges(agreed: Address | null | undefined, wish: Address, before: Members): Members | null {
  const first = textChange(agreed?.line1, wish.line1, before['addressLine1'], foldStreet);
  const second = textChange(agreed?.line2, wish.line2, before['addressLine2'], foldStreet);
  if (first === null && second === null) return null;
  return {
    addressLine1: first === null ? before['addressLine1'] : first.to,
    addressLine2: second === null ? before['addressLine2'] : second.to,
  };
}

const standsInLines = (held: Members) =>
  typeof held['addressLine1'] === 'string' && STREET.slice(2).every((name) => !held[name]);

const linesOf = (address: Address | null | undefined) =>
  [address?.line1, address?.line2].filter((line) => line).join(', ');

/** The street as one would say it, whichever members it stands in. */
function streetOf(held: Members): string {
  const said = (names: readonly string[], between: string) =>
    names.flatMap((name) => (typeof held[name] === 'string' && held[name] !== '' ? [held[name]] : [])).join(between);
  const lines = said(['addressLine1', 'addressLine2'], ', ');
  if (lines !== '') return lines;
  return said(['unitType', 'unitNumber', 'streetNumber', 'streetName', 'streetType'], ' ');
}

const foldStreet = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s,.]+/g, ' ')
    .trim();

function without(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
