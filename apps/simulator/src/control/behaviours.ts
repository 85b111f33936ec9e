/**
 * The behaviours of README.md, "Behaviours", by name and number. The switch `off` takes the numbers and turns the heart of each one
 * off, so that a test which is meant to notice it can be seen to do so. Code asks `world.isOff` where the behaviour is decided.
 */
export const BEHAVIOURS = {
  authorizeChecks: 1,
  codeOnce: 2,
  tokenErrors: 3,
  refreshTokenStays: 4,
  tokensEnd: 5,
  scopes: 6,
  accountPrefix: 7,
  subscriptionsEnd: 8,
  separateTenants: 9,
  gatewayForm: 10,
  rateLimit: 11,
  requestId: 12,
  queryRules: 13,
  problems: 14,
  faults: 15,
  lateCreation: 16,
  lateChange: 17,
  lateErrors: 18,
  lateNumber: 19,
  unknownFee: 20,
  oneKind: 21,
  putReplaces: 22,
  contactSearch: 23,
  rawPhones: 24,
  matterSearch: 25,
  batch: 26,
  requiredMembers: 27,
  matterRules: 28,
  nullsLeftOut: 29,
  sharedTags: 30,
  wholeCatalogue: 31,
  bareUsers: 32,
  momentFilters: 33,
  wholeTicks: 34,
  fileNames: 35,
  presignedChecks: 36,
  lateIngest: 37,
  editMovesToRoot: 38,
  oldVersions: 39,
  folderTree: 40,
  fileCursor: 41,
  subscriptionRules: 42,
  signature: 43,
  fanOut: 44,
  deliveryTroubles: 45,
  retryKeepsBody: 46,
  systemEvents: 47,
  errorSubscribers: 48,
} as const;

export type Behaviour = keyof typeof BEHAVIOURS;

/** How many there are; their numbers run from 1 to this. */
export const BEHAVIOUR_COUNT = Object.keys(BEHAVIOURS).length;
