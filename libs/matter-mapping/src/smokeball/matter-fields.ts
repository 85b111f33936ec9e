import { foldTag, type HeldTag } from '@matterline/contacts';
import type { Matter, MatterPatch, MatterWrite } from '@matterline/smokeball-client';
import type { FieldTexts } from '@matterline/webhooks';

/** The members in which each field stands. */
const MEMBERS = {
  number: ['number'],
  description: ['description'],
  status: ['status'],
  matter_type: ['matterTypeId'],
  clients: ['clientIds'],
  other_sides: ['otherSideIds'],
  attorneys: [
    'personResponsibleStaffId',
    'personAssistingStaffId',
    'personAssistingStaffIds',
    'originatingStaffId',
    'originatingStaffIds',
  ],
  opened: ['openedDate', 'leadOpenedDate'],
  closed: ['closedDate', 'leadClosedDate'],
} as const satisfies Readonly<Record<string, readonly (keyof MatterPatch)[]>>;

type Field = keyof typeof MEMBERS;
type Held = Partial<Record<(typeof MEMBERS)[Field][number], string | readonly string[] | null | undefined>>;

/** What CaseHug is told of a matter, field by field, as texts that are equal while it is. */
export function matterFields(matter: Matter): FieldTexts {
  return { ...textsOf(matter), tags: matterTags(matter.tags) };
}

/** What a write of ours leaves in the fields that it speaks of. @param current the matter before a change; null for a new one */
export function writtenMatterFields(written: Partial<MatterWrite> | Partial<MatterPatch>, current: Matter | null) {
  const texts = textsOf({ ...current, ...written });
  const isSaid = (field: Field) =>
    MEMBERS[field].some((member) => written[member] !== undefined) || (current === null && field === 'other_sides');
  return Object.fromEntries(
    (Object.keys(MEMBERS) as Field[]).filter(isSaid).map((field) => [field, texts[field]]),
  ) as FieldTexts;
}

export function matterTags(tags: readonly HeldTag[]): string {
  return JSON.stringify(tags.map(({ name, type }) => `${type ?? ''}:${foldTag(name ?? '')}`).sort());
}

function textsOf(held: Held): Readonly<Record<Field, string>> {
  return {
    number: plain(held.number),
    description: plain(held.description),
    status: plain(held.status),
    matter_type: plain(held.matterTypeId).toLowerCase(),
    clients: ids(held.clientIds),
    other_sides: ids(held.otherSideIds),
    attorneys: JSON.stringify([
      ids(held.personResponsibleStaffId),
      ids(held.personAssistingStaffId, held.personAssistingStaffIds),
      ids(held.originatingStaffId, held.originatingStaffIds),
    ]),
    // Times of day follow the time zone of whoever wrote them.
    opened: plain(held.openedDate ?? held.leadOpenedDate).slice(0, 10),
    closed: plain(held.closedDate ?? held.leadClosedDate).slice(0, 10),
  };
}

const plain = (value: unknown) => (typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : '');

function ids(...values: readonly (string | readonly string[] | null | undefined)[]): string {
  const folded = values.flat().flatMap((id) => (id ? [id.toLowerCase()] : []));
  return JSON.stringify([...new Set(folded)].sort());
}
