import type { FirmSettings, MatterPicture } from '@matterline/contracts';
import type { MatterWrite } from '@matterline/smokeball-client';

/** The staff of a matter, as Smokeball takes them: one single assistant, further ones apart (docs/smokeball-api.md#matters). */
export interface MatterStaff {
  readonly responsible: string | null;
  readonly assisting: readonly string[];
  readonly originating: readonly string[];
}

export interface MatterParts {
  readonly matterId: string;
  readonly picture: MatterPicture;
  readonly settings: FirmSettings;
  readonly type: { readonly id: string; readonly role: string | null };
  readonly clientIds: readonly string[];
  readonly otherSideIds: readonly string[];
  readonly staff: MatterStaff;
}

/** A CaseHug title has no field of its own in Smokeball, whose titles are computed: it leads the description. */
export function descriptionOf(picture: MatterPicture): string {
  return [picture.title, picture.description].filter(Boolean).join('\n\n');
}

export function toMatterWrite({
  matterId,
  picture,
  settings,
  type,
  clientIds,
  otherSideIds,
  staff,
}: MatterParts): MatterWrite {
  return {
    matterTypeId: type.id,
    clientIds: [...clientIds],
    ...(otherSideIds.length > 0 ? { otherSideIds: [...otherSideIds] } : {}),
    ...(type.role === null ? {} : { clientRole: type.role }),
    status: 'Open',
    ...(settings.lead ? { isLead: true } : {}),
    ...sharedMembers(picture, settings),
    ...staffMembers(staff),
    externalSystemId: matterId,
  };
}

/** What a later edit in CaseHug changes in Smokeball too. */
export function sharedMembers(picture: MatterPicture, settings: FirmSettings) {
  return {
    description: descriptionOf(picture),
    ...(settings.send_number && picture.case_number ? { number: picture.case_number } : {}),
    ...(picture.opened_on
      ? { [settings.lead ? 'leadOpenedDate' : 'openedDate']: `${picture.opened_on}T00:00:00Z` }
      : {}),
  };
}

export function staffMembers({ responsible, assisting, originating }: MatterStaff) {
  const [firstAssistant, ...assistants] = assisting;
  const [firstOriginator, ...originators] = originating;
  return {
    ...(responsible ? { personResponsibleStaffId: responsible } : {}),
    ...(firstAssistant ? { personAssistingStaffId: firstAssistant } : {}),
    ...(assistants.length > 0 ? { personAssistingStaffIds: assistants } : {}),
    ...(firstOriginator ? { originatingStaffId: firstOriginator } : {}),
    ...(originators.length > 0 ? { originatingStaffIds: originators } : {}),
  };
}

/** All of a matter's picture that reaches Smokeball. */
export function sentMembers(picture: MatterPicture, settings: FirmSettings): object {
  return {
    shared: sharedMembers(picture, settings),
    clients: picture.clients.map((party) => party.id),
    otherSides: picture.other_sides.map((party) => party.id),
    attorneys: picture.attorneys,
    closes: settings.close_on_archive && picture.status === 'archived',
  };
}
