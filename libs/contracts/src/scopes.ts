/** What a service key may do. Source: docs/http-api.md#service-api. */
export const SCOPES = [
  'matters:write',
  'matters:read',
  'documents:write',
  'sync:read',
  'sync:write',
  'telephony:read',
  'webhooks:write',
] as const;
export type Scope = (typeof SCOPES)[number];

export const ROLES = ['firm_admin', 'support', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** What a console role may do on the service API of its own firm. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  firm_admin: SCOPES,
  support: ['matters:write', 'matters:read', 'documents:write', 'sync:read', 'sync:write', 'telephony:read'],
  auditor: ['matters:read', 'sync:read', 'telephony:read'],
};
