import { randomInt } from 'node:crypto';
import { newId } from './new-id';

/** A client as CaseHug sends it; the name is found nowhere else in the simulated Smokeball. */
export function aClient(parts: Readonly<Record<string, unknown>> = {}) {
  const last = `Test${randomInt(1e9).toString(36)}`;
  return {
    id: newId('cli'),
    first_name: 'Ilse',
    last_name: last,
    email: `ilse.${last}@example.com`.toLowerCase(),
    phone: `(312) 555-${String(randomInt(10_000)).padStart(4, '0')}`,
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
