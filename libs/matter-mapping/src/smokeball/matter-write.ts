import type { MatterWrite } from '@matterline/smokeball-client';
import type { MatterWish } from './matter-wish';

export interface MatterParts {
  readonly matterId: string;
  readonly wish: MatterWish;
  readonly isLead: boolean;
  readonly type: { readonly id: string; readonly role: string | null };
}

/** A new matter or lead as Smokeball takes it. It is always opened: what is archived already is closed by the first update. */
export function toMatterWrite({ matterId, wish, isLead, type }: MatterParts): MatterWrite {
  return {
    matterTypeId: type.id,
    clientIds: [...wish.clientIds],
    ...(wish.otherSideIds.length > 0 ? { otherSideIds: [...wish.otherSideIds] } : {}),
    ...(type.role === null ? {} : { clientRole: type.role }),
    status: 'Open',
    ...(isLead ? { isLead: true } : {}),
    description: wish.description,
    ...(wish.number === null ? {} : { number: wish.number }),
    ...(wish.openedOn === null ? {} : { [openedMember(isLead)]: dateTimeOf(wish.openedOn) }),
    ...(wish.responsible === null ? {} : { personResponsibleStaffId: wish.responsible }),
    ...filled(assistingMembers(wish.assisting)),
    ...filled(originatingMembers(wish.originating)),
    externalSystemId: matterId,
  };
}

export const openedMember = (isLead: boolean) => (isLead ? 'leadOpenedDate' : 'openedDate');
export const dateTimeOf = (date: string) => `${date}T00:00:00Z`;

/** One in the single field, further ones in the array, which must not hold the first (docs/smokeball-api.md#matters). Empty clears. */
export function assistingMembers([first = '', ...more]: readonly string[]) {
  return { personAssistingStaffId: first, personAssistingStaffIds: more };
}

export function originatingMembers([first = '', ...more]: readonly string[]) {
  return { originatingStaffId: first, originatingStaffIds: more };
}

/** A create names only what is there. */
function filled(members: Readonly<Record<string, string | readonly string[]>>) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value.length > 0));
}
