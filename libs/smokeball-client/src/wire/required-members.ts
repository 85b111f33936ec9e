/**
 * Members that must be in an answer for us to work with it, by schema name of the official description. That description makes nothing
 * required, so this table says what a test of answers has to find. docs/smokeball-api.md, sections of the resources
 */
export const REQUIRED_MEMBERS = {
  Activity: ['id', 'code', 'type', 'isDeleted'],
  Contact: ['id', 'isDeleted', 'lastUpdated', 'person|company|trust|groupOfPeople'],
  DownloadFileInfo: ['fileId', 'name', 'downloadUrl', 'expiry', 'sizeBytes'],
  Fee: ['id', 'versionId', 'matter|matterId', 'subject', 'feeDate', 'feeType', 'isDeleted'],
  File: ['id', 'matter', 'name', 'dateCreated', 'isUploaded', 'isCancelled', 'isDeleted'],
  FileFolderLogEntry: ['type', 'changeType', 'timestamp'],
  Firm: ['id', 'name'],
  FirmUser: ['staffId', 'userId', 'isFormerUser'],
  Folder: ['id', 'name'],
  Link: ['id', 'href'],
  Matter: ['id', 'versionId', 'status', 'isLead', 'matterType|matterTypeId', 'clients|clientIds'],
  MatterTag: ['id', 'type', 'name'],
  MatterType: ['id', 'name', 'category', 'type', 'representativeOptions', 'isDeleted'],
  MatterTypeInfo: ['id', 'name', 'category', 'type', 'representativeOptions', 'isDeleted'],
  Memo: ['id', 'matterId', 'title', 'text', 'plainText', 'createdDate', 'isDeleted'],
  Staff: ['id', 'firstName', 'lastName', 'former', 'enabled'],
  Tag: ['name', 'type'],
  Task: ['id', 'isCompleted', 'isDeleted', 'lastUpdated'],
  UploadFileInfo: ['fileId', 'uploadUrl', 'expiry'],
  User: ['userId', 'email'],
  WebhookSubscription: ['id', 'accountId', 'eventTypes', 'eventNotificationUrl', 'lastUpdated'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RequiredResource = keyof typeof REQUIRED_MEMBERS;

/** Which required members an answer lacks; `a|b` asks for one of them. Null counts as lacking. */
export function missingMembers(
  resource: RequiredResource,
  answer: Readonly<Record<string, unknown>>,
): readonly string[] {
  return REQUIRED_MEMBERS[resource].filter((names) => !names.split('|').some((name) => isPresent(answer[name])));
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
