import type { FirmSettings, MatterPicture } from '@matterline/contracts';
import type { TypeQuestion } from '../types/own-mappings';
import type { Notice } from '@matterline/sync';
import type { MatterStaff, People } from './staff-choice';

/** Everything of a matter that CaseHug has a say in, in Smokeball's terms. What is null or empty is not wished for. */
export interface MatterWish {
  readonly description: string;
  readonly number: string | null;
  /** YYYY-MM-DD. */
  readonly openedOn: string | null;
  readonly clientIds: readonly string[];
  readonly otherSideIds: readonly string[];
  readonly responsible: string | null;
  readonly assisting: readonly string[];
  readonly originating: readonly string[];
  readonly isClosed: boolean;
}

/** A wish as it was last written into Smokeball. */
export interface SentMatter extends MatterWish {
  /** Members under way since: the wish they were sent with may or may not stand in Smokeball. */
  readonly touched: readonly (keyof MatterWish)[];
  /** Who stood behind the e-mail addresses then. */
  readonly people: People;
  /** What its type was chosen by; absent where the matter was written before this was kept. */
  readonly filedAs?: TypeQuestion;
}

export interface WishParts {
  readonly picture: MatterPicture;
  readonly settings: FirmSettings;
  readonly clientIds: readonly string[];
  readonly otherSideIds: readonly string[];
  readonly staff: MatterStaff;
}

/** A CaseHug title has no field of its own in Smokeball, whose titles are computed: it leads the description. */
export function descriptionOf(picture: MatterPicture): string {
  return [picture.title, picture.description].filter(Boolean).join('\n\n');
}

/** The parts of a picture that decide the matter's type, which cannot change once it stands in Smokeball. */
export function typeQuestionOf(picture: MatterPicture): TypeQuestion {
  return { caseType: picture.case_type, practiceArea: picture.practice_area, state: picture.state };
}

export function wishOf({ picture, settings, clientIds, otherSideIds, staff }: WishParts): MatterWish {
  return {
    description: descriptionOf(picture),
    number: settings.send_number && picture.case_number ? picture.case_number : null,
    openedOn: picture.opened_on,
    clientIds,
    otherSideIds: otherSideIds.filter((id) => !clientIds.includes(id)),
    responsible: staff.responsible,
    assisting: staff.assisting,
    originating: staff.originating,
    isClosed: settings.close_on_archive && picture.status === 'archived',
  };
}

/** Smokeball takes nobody on both sides of a matter. */
export function bothSides(ids: Pick<MatterWish, 'clientIds' | 'otherSideIds'>): Notice[] {
  return ids.otherSideIds.some((id) => ids.clientIds.includes(id)) ? [{ code: 'on_both_sides' }] : [];
}

/** All of a matter's picture that reaches Smokeball; while it stays the same, nothing needs to be looked at there. */
export function sentMembers(picture: MatterPicture, settings: FirmSettings): object {
  return {
    description: descriptionOf(picture),
    number: settings.send_number ? picture.case_number : null,
    openedOn: picture.opened_on,
    clients: picture.clients.map((party) => party.id),
    otherSides: picture.other_sides.map((party) => party.id),
    attorneys: picture.attorneys,
    closes: settings.close_on_archive && picture.status === 'archived',
    lead: settings.lead,
    filedAs: typeQuestionOf(picture),
  };
}
