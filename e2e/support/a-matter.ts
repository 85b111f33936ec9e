import { randomInt } from 'node:crypto';
import { newId } from './new-id';

/** With 555 numbers of many places two clients hardly ever share one, which would be a reason to ask a person. */
const AREA_CODES =
  '201 202 212 213 215 303 305 312 314 404 412 414 415 502 503 504 602 612 615 702 704 713 801 808 901'.split(' ');

/** A client as CaseHug sends it; the name is found nowhere else in the simulated Smokeball. */
export function aClient(parts: Readonly<Record<string, unknown>> = {}) {
  const last = `Test${randomInt(1e9).toString(36)}`;
  return {
    id: newId('cli'),
    first_name: 'Ilse',
    last_name: last,
    email: `ilse.${last}@example.com`.toLowerCase(),
    phone: `(${AREA_CODES[randomInt(AREA_CODES.length)]}) 555-${String(randomInt(10_000)).padStart(4, '0')}`,
    ...parts,
  };
}

/** A whole picture of a matter whose type every American firm has. */
export function aMatter(parts: Readonly<Record<string, unknown>> = {}) {
  return {
    title: 'A divorce',
    case_number: `N-${randomInt(1e9).toString(36)}`,
    case_type: 'Divorce (Standard)',
    practice_area: 'family_law',
    state: 'IL',
    clients: [aClient()],
    ...parts,
  };
}
