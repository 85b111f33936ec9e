import type { Party } from '@matterline/contracts';
import { type Contact, type ContactReplacement, type Region, replacementOf } from '@matterline/smokeball-client';
import { foldEmail } from '../matching';
import { type MemberChange, textChange } from './member-change';
import { addressChanges } from './merge-address';
import { phoneChange } from './merge-phone';

type Members = Readonly<Record<string, unknown>>;

export interface ContactEdit {
  /** What both sides last agreed on; null when that is not known: then only what CaseHug says counts, and nothing is taken back. */
  readonly agreed: Party | null;
  readonly now: Party;
  readonly held: Contact;
  readonly region: Region;
}

export interface ContactMerge {
  /** The whole contact, ready to be sent; null when there is nothing to write. */
  readonly replacement: ContactReplacement | null;
  /** Smokeball's names of the members that change. */
  readonly changed: readonly string[];
}

/**
 * CaseHug's edit of a linked contact, member by member: written is only what CaseHug changed since both sides last agreed; everything
 * else goes back as it was read. CaseHug's silence changes nothing, and its clearing takes away only what came from there.
 * Smokeball has a full replacement only. Source: docs/contacts.md#edits.
 */
export function mergeContact({ agreed, now, held, region }: ContactEdit): ContactMerge {
  const replacement = replacementOf(held);
  const kind = (['person', 'company', 'trust', 'groupOfPeople'] as const).find((one) => replacement[one] != null);
  if (!kind) return { replacement: null, changed: [] };
  const before = replacement[kind] as Members;
  const edits = { ...memberChanges(kind, agreed, now, before, region) };
  const changes = Object.entries(edits).filter((entry): entry is [string, { to: unknown }] => entry[1] !== null);
  if (changes.length === 0) return { replacement: null, changed: [] };
  const after = { ...before, ...Object.fromEntries(changes.map(([name, { to }]) => [name, to])) };
  const given = Object.entries(after).filter(([, value]) => value !== undefined);
  return {
    replacement: { ...replacement, [kind]: Object.fromEntries(given) },
    changed: changes.map(([name]) => name),
  };
}

function memberChanges(
  kind: 'person' | 'company' | 'trust' | 'groupOfPeople',
  agreed: Party | null,
  now: Party,
  before: Members,
  region: Region,
): Readonly<Record<string, MemberChange>> {
  const address = (name: string) => ({ [name]: addressChanges(agreed?.address, now.address, before[name], region) });
  const phone = (read: (party: Party) => string | null | undefined, name: string) => ({
    [name]: phoneChange(agreed && read(agreed), read(now), before[name], region),
  });
  const email = { email: textChange(agreed?.email, now.email, before['email'], foldEmail) };
  // A company has one number here; a person's other number would be somebody else's.
  const onlyNumber = (party: Party) => party.phone ?? party.mobile;
  switch (kind) {
    case 'person':
      return {
        ...(now.company_name ? {} : personNames(agreed, now, before)),
        ...email,
        ...phone((party) => party.phone, 'phone'),
        ...phone((party) => party.mobile, 'cell'),
        ...address('residentialAddress'),
      };
    case 'company':
      return {
        ...(now.company_name ? { name: nameChange(agreed?.company_name, now.company_name, before['name']) } : {}),
        ...email,
        ...phone(onlyNumber, 'phone'),
        ...address('businessAddress'),
      };
    case 'trust':
      return { ...phone(onlyNumber, 'phone'), ...address('address') };
    case 'groupOfPeople':
      return address('residentialAddress');
  }
}

function personNames(agreed: Party | null, now: Party, before: Members): Readonly<Record<string, MemberChange>> {
  const middle = typeof before['middleName'] === 'string' ? before['middleName'].trim() : '';
  // Smokeball's people may have put CaseHug's second given name where it belongs.
  const given = (name: string | null | undefined) =>
    middle !== '' && name?.endsWith(` ${middle}`) ? name.slice(0, -middle.length - 1).trim() : name;
  return {
    firstName: nameChange(given(agreed?.first_name), given(now.first_name), before['firstName']),
    lastName: nameChange(agreed?.last_name, now.last_name, before['lastName']),
  };
}

/** A name can be changed, never taken away. */
function nameChange(agreed: string | null | undefined, now: string | null | undefined, held: unknown): MemberChange {
  return now ? textChange(agreed, now, held) : null;
}
