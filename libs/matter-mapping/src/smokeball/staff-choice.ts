import type { Attorney } from '@matterline/contracts';
import type { Staff } from '@matterline/smokeball-client';
import type { Notice } from '@matterline/sync';

/** The staff of a matter, by Smokeball's staff ids. */
export interface MatterStaff {
  readonly responsible: string | null;
  readonly assisting: readonly string[];
  readonly originating: readonly string[];
}

export interface StaffChoice {
  readonly staff: MatterStaff;
  /** Staff ids by e-mail address of all whom CaseHug names and who were found. */
  readonly people: People;
  /** Whom CaseHug names and nobody could enter. */
  readonly notices: readonly Notice[];
}

export type People = Readonly<Record<string, string>>;

/**
 * Finds attorneys by e-mail among active staff. Who has left, is disabled or is not on the list is not entered anew; where they were entered
 * before (`known`) and CaseHug still names them, they stay. Nobody missing blocks a matter: it is noticed.
 */
export function chooseStaff(
  attorneys: readonly Attorney[],
  members: readonly Staff[],
  known: People = {},
): StaffChoice {
  const notices: Notice[] = [];
  const idOf = (email: string): string | undefined => {
    const named = members.filter((one) => fold(one.email ?? '') === fold(email));
    const active = named.find((one) => one.enabled && !one.former);
    if (active) return active.id;
    notices.push({ code: named.length > 0 ? 'attorney_inactive' : 'attorney_unknown', detail: email });
    return known[fold(email)];
  };
  const ids = new Map(unique(attorneys.map(({ email }) => fold(email))).map((email) => [email, idOf(email)]));
  const people = Object.fromEntries([...ids].flatMap(([email, id]) => (id === undefined ? [] : [[email, id]])));
  const inRole = (role: Attorney['role']) =>
    unique(attorneys.filter((one) => one.role === role).flatMap((one) => ids.get(fold(one.email)) ?? []));
  const [responsible = null, ...surplus] = inRole('responsible');
  if (surplus.length > 0) notices.push({ code: 'attorney_surplus' });
  const staff = { responsible, assisting: inRole('assisting'), originating: inRole('originating') };
  return { staff, people, notices };
}

/** Whether somebody is named whom the list does not hold at all: a newer list may. */
export function namesStrangers(attorneys: readonly Attorney[], staff: readonly Staff[]): boolean {
  const known = new Set(staff.map((one) => fold(one.email ?? '')));
  return attorneys.some(({ email }) => !known.has(fold(email)));
}

const fold = (email: string) => email.trim().toLowerCase();
const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
