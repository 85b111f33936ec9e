import type { Matter, MatterPatch } from '@matterline/smokeball-client';
import type { Notice } from '@matterline/sync';
import { changedList, isSameList, isSameSet } from './list-changes';
import { assistingMembers, dateTimeOf, openedMember, originatingMembers } from './matter-write';
import type { MatterWish, SentMatter } from './matter-wish';

export interface ChangeParts {
  /** As it stands in Smokeball. */
  readonly current: Matter;
  readonly wish: MatterWish;
  /** As it was last written; null where that is not known, and then nothing is taken away. */
  readonly base: SentMatter | null;
  /** The type of matters that a lead becomes now; null when nothing is converted. */
  readonly convertTo: { readonly id: string; readonly role: string | null } | null;
}

export interface MatterChanges {
  /** Empty when Smokeball holds everything. */
  readonly patch: Partial<MatterPatch>;
  /** The members of the wish that the patch carries. */
  readonly touched: readonly (keyof MatterWish)[];
  readonly notices: readonly Notice[];
}

type Part = { readonly patch: Partial<MatterPatch>; readonly notices?: readonly Notice[] };
const NOTHING: Part = { patch: {} };

/**
 * Only what CaseHug has changed since it was last written, and only where Smokeball does not hold it: what Smokeball's users changed
 * meanwhile stays, and only a value of ours is ever cleared.
 */
export function matterChanges(parts: ChangeParts): MatterChanges {
  const members = (Object.keys(PARTS) as (keyof MatterWish)[]).filter((member) => hasChanged(member, parts));
  const changes = members.map((member) => ({ member, ...PARTS[member](parts) }));
  const touched = changes.filter(({ patch }) => Object.keys(patch).length > 0).map(({ member }) => member);
  return {
    patch: Object.assign({}, ...changes.map(({ patch }) => patch), conversion(parts)) as Partial<MatterPatch>,
    touched,
    notices: changes.flatMap(({ notices = [] }) => notices),
  };
}

/** Every member of the wish, so that none is forgotten. */
const PARTS: Readonly<Record<keyof MatterWish, (parts: ChangeParts) => Part>> = {
  description: ({ current, wish }) =>
    isSameText(current.description, wish.description) ? NOTHING : { patch: { description: wish.description } },
  // A number is never taken away: matters are known by it.
  number: ({ current, wish }) =>
    wish.number === null || isSameText(current.number, wish.number) ? NOTHING : { patch: { number: wish.number } },
  openedOn: opened,
  clientIds: ({ current, wish, base }) => {
    // Smokeball's matters need a client; without one in CaseHug those that stand there stay.
    const next =
      wish.clientIds.length === 0 ? [] : changedList(current.clientIds, base?.clientIds ?? [], wish.clientIds);
    return next.length === 0 || isSameSet(next, current.clientIds) ? NOTHING : { patch: { clientIds: next } };
  },
  otherSideIds: ({ current, wish, base }) => {
    const next = changedList(current.otherSideIds, base?.otherSideIds ?? [], wish.otherSideIds);
    return isSameSet(next, current.otherSideIds) ? NOTHING : { patch: { otherSideIds: next } };
  },
  responsible: ({ current, wish, base }) => {
    const held = current.personResponsibleStaffId ?? null;
    if (held === wish.responsible) return NOTHING;
    const isOurs = base !== null && held === base.responsible;
    if (wish.responsible === null && !isOurs) return NOTHING;
    return { patch: { personResponsibleStaffId: wish.responsible ?? '' } };
  },
  assisting: ({ current, wish, base }) => {
    const held = people(current.personAssistingStaffId, current.personAssistingStaffIds);
    const next = changedList(held, base?.assisting ?? [], wish.assisting);
    return isSameList(next, held) ? NOTHING : { patch: assistingMembers(next) };
  },
  originating: ({ current, wish, base }) => {
    const held = people(current.originatingStaffId, current.originatingStaffIds);
    const next = changedList(held, base?.originating ?? [], wish.originating);
    if (isSameList(next, held)) return NOTHING;
    return isSplit(current)
      ? { patch: {}, notices: [{ code: 'originating_locked' }] }
      : { patch: originatingMembers(next) };
  },
  isClosed: ({ current, wish }) => {
    if (wish.isClosed) return isLive(current) ? { patch: { status: 'Closed' } } : NOTHING;
    return current.status === 'Closed' ? { patch: {}, notices: [{ code: 'matter_stays_closed' }] } : NOTHING;
  },
};

/** Whether CaseHug has changed a member since it was written; where that is unknown, whether it says anything of it. */
function hasChanged(member: keyof MatterWish, { wish, base, current, convertTo }: ChangeParts): boolean {
  const wished = wish[member];
  if (base === null) return Array.isArray(wished) ? wished.length > 0 : wished !== null && wished !== false;
  if (base.touched.includes(member)) return true;
  // A lead carries its date elsewhere, and often no number.
  if (convertTo && current.isLead && (member === 'openedOn' || member === 'number')) return true;
  const before = base[member];
  return Array.isArray(wished) && Array.isArray(before)
    ? !isSameList(wished as string[], before as string[])
    : wished !== before;
}

function opened({ current, wish, base, convertTo }: ChangeParts): Part {
  const member = openedMember(current.isLead && convertTo === null);
  const held = current[member]?.slice(0, 10) ?? null;
  if (held === wish.openedOn) return NOTHING;
  if (wish.openedOn !== null) return { patch: { [member]: dateTimeOf(wish.openedOn) } };
  return base !== null && held === base.openedOn ? { patch: { [member]: null } } : NOTHING;
}

/** A lead becomes a matter; a matter never becomes a lead (docs/smokeball-api.md#matters). */
function conversion({ current, convertTo }: ChangeParts): Partial<MatterPatch> {
  if (!current.isLead || convertTo === null) return {};
  return {
    matterTypeId: convertTo.id,
    ...(convertTo.role === null ? {} : { clientRole: convertTo.role }),
    isLead: false,
  };
}

/** The members of a patch that only take something away. */
export function isOnlyClearing(patch: Partial<MatterPatch>): boolean {
  return Object.values(patch).every(
    (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}

/** While the origination is shared by ratios, its staff can only be changed together with them (docs/smokeball-api.md#matters). */
const isSplit = (current: Matter) => current.splitOriginatingStaffSettings?.isEnabled === true;

const isLive = ({ status }: Matter) => status === 'Open' || status === 'Pending';
const people = (first: string | undefined, more: readonly string[]) => [
  ...new Set([...(first ? [first] : []), ...more]),
];
/** Smokeball may write line ends and outer spaces in its own way. */
const isSameText = (held: string | undefined, wished: string) => plain(held ?? '') === plain(wished);
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
