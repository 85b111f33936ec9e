import type { z } from 'zod';
import { activityCodeSchema, activityCodeWriteSchema } from '../wire/activity-code';
import { addressSchema, addressWriteSchema, businessAddressWriteSchema } from '../wire/address';
import { contactSchema, contactTagSchema } from '../wire/contact';
import {
  companyWriteSchema,
  contactReplacementSchema,
  contactWriteSchema,
  groupOfPeopleWriteSchema,
  personWriteSchema,
  trustWriteSchema,
} from '../wire/contact-write';
import { feeSchema, feeWriteSchema } from '../wire/fee';
import { downloadInfoSchema, fileSchema, uploadAddressSchema } from '../wire/file';
import { fileHistoryEntrySchema } from '../wire/file-history';
import { fileEditSchema, newFileSchema, newFolderSchema } from '../wire/file-write';
import { firmSchema } from '../wire/firm';
import { firmUserSchema } from '../wire/firm-user';
import { folderListingSchema, folderSchema } from '../wire/folder';
import { linkSchema } from '../wire/link';
import { matterSchema, matterTagSchema } from '../wire/matter';
import { matterRoleSchema } from '../wire/matter-role';
import { matterTypeSchema } from '../wire/matter-type';
import { matterPatchSchema, matterTagWriteSchema, matterWriteSchema } from '../wire/matter-write';
import { memoSchema, memoWriteSchema } from '../wire/memo';
import { phoneSchema, phoneWithExtensionSchema, phoneWithExtensionWriteSchema, phoneWriteSchema } from '../wire/phone';
import { staffSchema } from '../wire/staff';
import { taskSchema, taskWriteSchema } from '../wire/task';
import { userSchema } from '../wire/user';
import { webhookSubscriptionSchema, webhookSubscriptionWriteSchema } from '../wire/webhook-subscription';

/** Our schemas by the name of the official one that they must agree with. */
export const WIRE_SCHEMAS: readonly (readonly [string, z.ZodType])[] = [
  ['Activity', activityCodeSchema],
  ['ActivityDto', activityCodeWriteSchema],
  ['AddFileDto', newFileSchema],
  ['Address', addressSchema],
  ['AddressDto', addressWriteSchema],
  ['AddressWithDxAddressDto', businessAddressWriteSchema],
  ['CompanyDto', companyWriteSchema],
  ['Contact', contactSchema],
  ['ContactDto', contactReplacementSchema],
  ['ContactDto', contactWriteSchema],
  ['DownloadFileInfo', downloadInfoSchema],
  ['EditFileDto', fileEditSchema],
  ['Fee', feeSchema],
  ['FeeDto', feeWriteSchema],
  ['File', fileSchema],
  ['FileFolderLogEntry', fileHistoryEntrySchema],
  ['Firm', firmSchema],
  ['FirmUser', firmUserSchema],
  ['Folder', folderSchema],
  ['FolderDto', newFolderSchema],
  ['FolderListingPagedCollection', folderListingSchema],
  ['GroupOfPeopleDto', groupOfPeopleWriteSchema],
  ['Link', linkSchema],
  ['Matter', matterSchema],
  ['MatterDto', matterWriteSchema],
  ['MatterDto2', matterPatchSchema],
  ['MatterTag', matterTagSchema],
  ['MatterTagDto', matterTagWriteSchema],
  ['MatterType', matterTypeSchema],
  ['MatterTypeInfo', matterTypeSchema],
  ['Memo', memoSchema],
  ['MemoDto', memoWriteSchema],
  ['PersonDto', personWriteSchema],
  ['PhoneNumberDto', phoneWriteSchema],
  ['PhoneNumber', phoneSchema],
  ['PhoneNumberWithExtension', phoneWithExtensionSchema],
  ['PhoneNumberWithExtensionDto', phoneWithExtensionWriteSchema],
  ['Role', matterRoleSchema],
  ['Staff', staffSchema],
  ['Tag', contactTagSchema],
  ['Task', taskSchema],
  ['TaskDto', taskWriteSchema],
  ['TrustDto', trustWriteSchema],
  ['UploadFileInfo', uploadAddressSchema],
  ['User', userSchema],
  ['WebhookSubscription', webhookSubscriptionSchema],
  ['WebhookSubscriptionDto', webhookSubscriptionWriteSchema],
];
