import { Role } from '@matterline/contracts';

export type Action = 'connect' | 'change_settings' | 'sync';

const ALLOWED: Readonly<Record<Role, readonly Action[]>> = {
  firm_admin: ['connect', 'change_settings', 'sync'],
  support: ['sync'],
  auditor: [],
};

/** Whether a role may do something. Only decides what is shown: the server refuses by itself. */
export function may(role: Role | undefined, action: Action): boolean {
  return role !== undefined && (ALLOWED[role]?.includes(action) ?? false);
}
