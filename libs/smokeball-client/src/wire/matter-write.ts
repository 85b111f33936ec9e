import { z } from 'zod';
import { MATTER_STATUSES } from './matter';
import { amountIn, dateTimeIn, idsIn, opaqueIn, textIn } from './scalars';

const splitStaff = z.strictObject({ matterStaffId: z.string(), matterStaffRatio: z.int().min(0).max(10_000) });
const splitOriginatingStaffSettings = z
  .strictObject({
    isEnabled: z.boolean(),
    splitMatterStaffs: z.array(splitStaff).readonly().nullish(),
    splitMethod: textIn,
    remainderStaffId: textIn,
  })
  .nullish();

const shared = {
  externalSystemId: textIn,
  number: textIn,
  description: textIn,
  openedDate: dateTimeIn,
  closedDate: dateTimeIn,
  leadOpenedDate: dateTimeIn,
  leadClosedDate: dateTimeIn,
  leadClosedReason: textIn,
  referralType: textIn,
  referrerId: textIn,
  referralAgreementFeeType: textIn,
  referralAgreementFee: amountIn,
  referralAgreementFeeComment: textIn,
  personResponsibleStaffId: textIn,
  personAssistingStaffId: textIn,
  personAssistingStaffIds: idsIn,
  originatingStaffId: textIn,
  originatingStaffIds: idsIn,
  splitOriginatingStaffSettings,
  supervisorStaffId: textIn,
  clientCode: textIn,
  branchId: textIn,
  branchProviderId: textIn,
  clientRole: textIn,
  otherSideIds: idsIn,
};

const status = z.enum(MATTER_STATUSES);

/** A new matter, or a new lead with `isLead: true`. The two roles must differ and come from the type's options. */
export const matterWriteSchema = z.strictObject({
  ...shared,
  matterTypeId: z.string().min(1),
  clientIds: z.array(z.string().min(1)).min(1).readonly(),
  status,
  otherSideRole: textIn,
  isLead: z.boolean().optional(),
});
export type MatterWrite = z.input<typeof matterWriteSchema>;

/**
 * A partial change. `isLead` must be said: leaving it out may read as false and convert a lead. `clientIds` and `otherSideIds` replace the
 * whole set. `clientRole` only together with a conversion or a new type. docs/smokeball-api.md#matters
 */
export const matterPatchSchema = z.strictObject({
  ...shared,
  matterTypeId: textIn,
  clientIds: idsIn,
  status: status.optional(),
  isLead: z.boolean(),
  items: opaqueIn,
});
export type MatterPatch = z.input<typeof matterPatchSchema>;

/** `Custom` tags are shared by the account and found by name; for `Staff` tags `id` is the staff id. */
export const matterTagWriteSchema = z.strictObject({
  id: textIn,
  name: textIn,
  color: textIn,
  type: z.enum(['Custom', 'Staff']),
});
export type MatterTagWrite = z.input<typeof matterTagWriteSchema>;
