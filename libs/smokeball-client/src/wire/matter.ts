import { z } from 'zod';
import { linkIds, linkSchema, links, type Link } from './link';
import { flag, text } from './scalars';

export const MATTER_STATUSES = ['Open', 'Pending', 'Closed', 'Deleted', 'Cancelled'] as const;
export type MatterStatus = (typeof MATTER_STATUSES)[number];

/** Matter tags are objects; contact tags are plain names. `Staff` tags carry the staff member. */
export const matterTagSchema = z.object({
  id: text,
  type: text,
  name: text,
  color: text,
  staff: linkSchema.optional(),
});
export type MatterTag = z.output<typeof matterTagSchema>;

const link = linkSchema.optional();
const ids = z.array(z.string()).optional();

const answered = z.looseObject({
  id: z.string(),
  externalSystemId: text,
  versionId: text,
  number: text,
  title: text,
  description: text,
  status: text,
  isLead: flag,
  matterType: link,
  clients: links,
  otherSides: links,
  personResponsible: link,
  personAssisting: link,
  personAssistingStaffs: links,
  originatingStaff: link,
  originatingStaffs: links,
  splitOriginatingStaffSettings: z.looseObject({ isEnabled: flag }).optional(),
  supervisor: link,
  clientCode: text,
  openedDate: text,
  closedDate: text,
  leadOpenedDate: text,
  leadClosedDate: text,
  leadClosedReason: text,
  branch: link,
  referralType: text,
  referrer: link,
  tags: z.array(matterTagSchema).default([]),
  matterTypeId: text,
  clientIds: ids,
  otherSideIds: ids,
  personResponsibleStaffId: text,
  personAssistingStaffId: text,
  originatingStaffId: text,
});

/**
 * A matter or a lead as read. Smokeball answers with Links, with deprecated flat ids, or with both: the flat ids are filled from either,
 * so read those. `versionId` is ticks as a decimal string and stands in for the missing last-updated moment. docs/smokeball-api.md#matters
 */
export const matterSchema = answered.transform((matter) => ({
  ...matter,
  matterTypeId: linkId(matter.matterType) ?? matter.matterTypeId,
  clientIds: linkIds(matter.clients, matter.clientIds),
  otherSideIds: linkIds(matter.otherSides, matter.otherSideIds),
  personResponsibleStaffId: linkId(matter.personResponsible) ?? matter.personResponsibleStaffId,
  personAssistingStaffId: linkId(matter.personAssisting) ?? matter.personAssistingStaffId,
  personAssistingStaffIds: linkIds(matter.personAssistingStaffs),
  originatingStaffId: linkId(matter.originatingStaff) ?? matter.originatingStaffId,
  originatingStaffIds: linkIds(matter.originatingStaffs),
}));
export type Matter = z.output<typeof matterSchema>;

function linkId(found: Link | undefined): string | undefined {
  return found?.id;
}
