/** The rows of the simulated Smokeball. Plain JSON; ticks are decimal text because they exceed 2^53. */

export type ContactKind = 'person' | 'company' | 'trust' | 'groupOfPeople';

export interface ContactRecord {
  readonly id: string;
  readonly kind: ContactKind;
  /** The members of the write model of that kind. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly externalSystemId: string | null;
  readonly isDeleted: boolean;
  readonly versionId: string;
  readonly lastUpdated: string;
  /** Custom tags by id. */
  readonly tagIds: readonly string[];
  readonly relations: readonly { readonly contactId: string; readonly businessRole: string | null }[];
}

export interface MatterRole {
  readonly id: string;
  readonly name: string;
  /** What people call the role; its name when absent. */
  readonly displayName?: string | null;
  readonly contactId: string | null;
  readonly description: string | null;
  readonly representativeIds: readonly string[];
  readonly isClient: boolean;
  readonly isOtherSide: boolean;
  readonly relationships: readonly MatterRelationship[];
}

export interface MatterRelationship {
  readonly id: string;
  readonly name: string;
  readonly contactId: string | null;
  readonly representativeIds: readonly string[];
}

/** What a client's or an other side's role has beyond its contact and its name. */
export type PartyDetails = Pick<
  MatterRole,
  'id' | 'displayName' | 'description' | 'representativeIds' | 'relationships'
>;

export interface MatterRecord {
  readonly id: string;
  /** Ticks as text. */
  readonly versionId: string;
  readonly matterTypeId: string;
  readonly clientIds: readonly string[];
  readonly otherSideIds: readonly string[];
  readonly clientRole: string;
  readonly otherSideRole: string;
  readonly status: string;
  readonly isLead: boolean;
  readonly number: string | null;
  /** The other members of the write model, as they were written. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly extraRoles: readonly MatterRole[];
  /** By `client {contactId}` and `other {contactId}`; absent until one of these roles is changed by itself. */
  readonly parties?: Readonly<Record<string, PartyDetails>>;
  readonly items: Readonly<Record<string, readonly unknown[]>>;
  readonly tagIds: readonly string[];
  /** User ids that may see it; null means everybody. */
  readonly restrictedTo: readonly string[] | null;
}

export interface TagRecord {
  readonly id: string;
  readonly name: string;
  readonly type: 'Custom' | 'Staff';
  readonly color: string | null;
}

export interface StaffRecord {
  readonly id: string;
  readonly versionId: string;
  readonly userId: string | null;
  readonly former: boolean;
  readonly enabled: boolean;
  readonly rate: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly staffId: string;
  readonly isFormerUser: boolean;
}

export interface FirmRecord {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly lastNumber: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FileVersion {
  readonly versionId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly createdAt: string;
}

export interface FileRecord {
  readonly id: string;
  readonly matterId: string;
  readonly folderId: string | null;
  readonly name: string;
  readonly fileExtension: string;
  readonly ownerId: string | null;
  readonly dateCreated: string;
  readonly dateModified: string;
  readonly additionalData: Readonly<Record<string, unknown>> | null;
  readonly isFavorite: boolean;
  readonly isUploaded: boolean;
  readonly isCancelled: boolean;
  readonly isDeleted: boolean;
  readonly versions: readonly FileVersion[];
  readonly history: readonly Readonly<Record<string, unknown>>[];
  /** Rises with every change in the firm's files; the cursor of a list. */
  readonly changeSeq: number;
}

/** A memo, task, fee, activity code, folder, subtask and the like: the write model plus what the server adds. */
export interface PlainRecord {
  readonly id: string;
  readonly matterId: string | null;
  readonly isDeleted: boolean;
  readonly versionId: string;
  readonly lastUpdated: string;
  readonly createdAt: string;
  readonly updatedAt: string | null;
  readonly createdBy: string | null;
  readonly updatedBy: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** A task's subtasks. */
  readonly childIds?: readonly string[];
  /** A folder's history. */
  readonly history?: readonly Readonly<Record<string, unknown>>[];
}

export interface SubscriptionRecord {
  readonly id: string;
  readonly accountId: string;
  readonly clientId: string;
  readonly grantId: string;
  readonly name: string | null;
  readonly key: string | null;
  readonly eventTypes: readonly string[];
  readonly eventNotificationUrl: string;
  readonly createdDateUtc: string;
  readonly updatedDateUtc: string;
  readonly lastUpdated: string;
}
