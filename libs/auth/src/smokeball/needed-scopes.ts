/** What the application at Smokeball must be allowed so that what is built here works. Source: docs/smokeball-api.md#oauth */
export const NEEDED_SCOPES = [
  'contacts/read',
  'contacts/write',
  'documents/read',
  'documents/write',
  'firm/read',
  'firmusers/read',
  'matters/read',
  'matters/write',
  'mattertypes/read',
  'staff/read',
  'webhooks/read',
  'webhooks/write',
] as const;
