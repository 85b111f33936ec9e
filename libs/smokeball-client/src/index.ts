export { defaultHosts, hostsFromEnv, type Environment, type Region, type SmokeballHosts } from './regions';
export { CONTACT_URL_TEMPLATE, contactUrl, MATTER_URL_TEMPLATE, matterUrl } from './deep-links';
export { dateFromTicks, nowTicks, ticksFromDate } from './ticks';
export { createSmokeballClient, type SmokeballClient, type SmokeballClientOptions } from './client';

export { AccessTokenUnavailable } from './http/access-token-unavailable';
export { BACKOFF_BASE_MS, BACKOFF_CAP_MS, backoffMs } from './http/backoff';
export type { CallContext } from './http/call-context';
export type { CallObserver, CallRecord } from './http/call-observer';
export type { CallResult, SmokeballFailure, SmokeballFailureCode, SmokeballFailureKind } from './http/call-result';
export {
  classifyFailure,
  type AttemptContext,
  type FailureAction,
  type FailureVerdict,
  type HttpMethod,
} from './http/classify';
export { parseLosslessJson } from './http/lossless-json';
export { retryAfterMs } from './http/retry-after';
export { GateClosed } from './http/rate-gate';
export type { Lane, RateGate, RateGateContext, RateSlot, RateSlotUse } from './http/rate-gate';
export { DEFAULT_TIMEOUT_MS, SmokeballTransport, type RefusedToken, type TransportOptions } from './http/transport';

export { readAccessTokenClaims, type AccessTokenClaims } from './oauth/access-token-claims';
export { buildAuthorizeUrl, type AuthorizeRequest } from './oauth/authorize-url';
export { exchangeCode, type CodeExchange } from './oauth/exchange-code';
export type { OAuthApp, OAuthHttp } from './oauth/oauth-http';
export type { OAuthFailure, OAuthFailureReason, OAuthResult, OAuthTokens } from './oauth/oauth-result';
export { createPkce, type Pkce } from './oauth/pkce';
export { refreshTokens, type TokenRefresh } from './oauth/refresh-tokens';
export { revokeToken, type TokenRevocation } from './oauth/revoke-token';

export { signSmokeballWebhook, type SignedParts } from './webhooks/sign';
export { verifySmokeballWebhook, type WebhookVerdict, type WebhookVerification } from './webhooks/verify';
export {
  readWebhookNotification,
  webhookNotificationSchema,
  type NotificationReading,
  type WebhookNotification,
} from './webhooks/notification';

export { ActivityCodesResource, type ActivityCodeFilter } from './resources/activity-codes';
export { replacementOf } from './resources/contact-replacement';
export { ContactsResource, MAX_CONTACT_BATCH, type ContactKind, type ContactListFilter } from './resources/contacts';
export { FeesResource, type FeeFilter } from './resources/fees';
export { FileStorage, type Download, type StorageContext } from './resources/file-storage';
export { FilesResource, type FileFilter } from './resources/files';
export { FirmResource } from './resources/firm';
export { FirmUsersResource } from './resources/firm-users';
export { FoldersResource } from './resources/folders';
export { MatterTypesResource, type MatterTypeFilter } from './resources/matter-types';
export { MattersResource, type MatterListFilter } from './resources/matters';
export { MemosResource } from './resources/memos';
export { eachPage } from './resources/paging';
export { searchTerm, type SearchMatch } from './resources/search-term';
export { StaffResource, type StaffFilter } from './resources/staff';
export { TasksResource, type TaskFilter } from './resources/tasks';
export { UsersResource } from './resources/users';
export { WebhooksResource } from './resources/webhooks';

export type { ActivityCode, ActivityCodeWrite } from './wire/activity-code';
export type { Address } from './wire/address';
export type { Contact, ContactTag } from './wire/contact';
export type { ContactReplacement, ContactWrite } from './wire/contact-write';
export type { Fee, FeeType, FeeWrite } from './wire/fee';
export type { DownloadInfo, SmokeballFile, UploadAddress } from './wire/file';
export type { FileHistoryEntry } from './wire/file-history';
export type { FileEdit, NewFile, NewFolder } from './wire/file-write';
export type { Firm } from './wire/firm';
export type { FirmUser } from './wire/firm-user';
export type { Folder, FolderListing } from './wire/folder';
export type { Created, Link } from './wire/link';
export { MATTER_STATUSES, type Matter, type MatterStatus, type MatterTag } from './wire/matter';
export type { MatterRole } from './wire/matter-role';
export type { MatterType, MatterTypeCategory } from './wire/matter-type';
export type { MatterPatch, MatterTagWrite, MatterWrite } from './wire/matter-write';
export type { Memo, MemoWrite } from './wire/memo';
export { MAX_PAGE_SIZE, type Page, type PageRequest } from './wire/page';
export type { Phone } from './wire/phone';
export { missingMembers, REQUIRED_MEMBERS, type RequiredResource } from './wire/required-members';
export type { Staff } from './wire/staff';
export { TASK_NOTE_MAX_LENGTH, type Task, type TaskWrite } from './wire/task';
export type { User } from './wire/user';
export type { WebhookSubscription, WebhookSubscriptionWrite } from './wire/webhook-subscription';
