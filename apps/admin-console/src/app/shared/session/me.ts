export type Role = 'firm_admin' | 'support' | 'auditor';

export interface User {
  readonly email: string;
  readonly role: Role;
  readonly firm_id: string;
}

export interface Firm {
  readonly id: string;
  readonly name: string;
  readonly casehug_firm_id: string;
  readonly region: 'us' | 'au' | 'uk';
  readonly environment: 'production' | 'staging';
  readonly timezone: string;
}

/** Who is signed in, and for which firm. Source: docs/http-api.md#console-sign-in. */
export interface Me {
  readonly user: User;
  readonly firm: Firm;
}
