import type { Attorney } from '@matterline/contracts';
import type { Matter } from '@matterline/smokeball-client';

type Told = Pick<Attorney, 'email' | 'role'>;

/** Everybody whom a matter names, by staff id. */
export function staffIdsOf(matter: Matter): string[] {
  return inRoles(matter).map(({ id }) => id);
}

/** A matter's attorneys as CaseHug knows people: by e-mail. Who has no address in Smokeball is left out. */
export function attorneysOf(matter: Matter, emails: ReadonlyMap<string, string>): Told[] {
  return inRoles(matter).flatMap(({ id, role }) => {
    const email = emails.get(id.toLowerCase());
    return email === undefined ? [] : [{ email, role }];
  });
}

function inRoles(matter: Matter): { readonly id: string; readonly role: Attorney['role'] }[] {
  const people = (role: Attorney['role'], first: string | undefined, more: readonly string[] = []) =>
    [...new Set([first ?? '', ...more])].filter((id) => id !== '').map((id) => ({ id, role }));
  return [
    ...people('responsible', matter.personResponsibleStaffId),
    ...people('assisting', matter.personAssistingStaffId, matter.personAssistingStaffIds),
    ...people('originating', matter.originatingStaffId, matter.originatingStaffIds),
  ];
}
