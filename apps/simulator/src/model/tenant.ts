import type { AppRecord, CodeRecord, GrantRecord } from '../auth/records';
import type { TenantInfo } from '../core';
import type { LagLists } from '../store/collection';
import type { Database } from '../store/database';
import type { Table } from '../store/table';
import { Firm } from './firm';
import type { FirmRecord, SubscriptionRecord, UserRecord } from './records';

/** The account of what concerns no firm in particular; subscriptions below it get system events only. */
export const SYSTEM_ACCOUNT = '00000000-0000-0000-0000-000000000000';

/** One separate Smokeball: a region in an environment, with its own apps, tokens and firms. */
export class Tenant {
  readonly apps: Table<AppRecord>;
  readonly grants: Table<GrantRecord>;
  readonly codes: Table<CodeRecord>;
  readonly subscriptions: Table<SubscriptionRecord>;
  readonly firmRecords: Table<FirmRecord>;
  readonly firms = new Map<string, Firm>();
  readonly grantByRefreshToken = new Map<string, string>();
  readonly clientByApiKey = new Map<string, string>();
  private readonly systemAccount: Firm;

  constructor(
    readonly info: TenantInfo,
    database: Database,
    lag: (firm: Firm, resource: string) => LagLists,
  ) {
    const table = <T>(name: string): Table<T> => database.table<T>(`t/${info.name}/${name}`);
    // Apps stand outside the prefix: a reset of the data keeps the partners' registrations.
    this.apps = database.table<AppRecord>(`apps/${info.name}`);
    this.grants = table('grants');
    this.codes = table('codes');
    this.subscriptions = table('subscriptions');
    this.firmRecords = table('firms');
    this.firmRecords.listen((id, now) => {
      // A reset gives the same firm the same id again, with tables and listings of its own.
      if (now === undefined) database.forget(`t/${info.name}/${id}/`);
      if (now === undefined) this.firms.delete(id);
      else if (!this.firms.has(id)) this.firms.set(id, new Firm(info.name, id, this.firmRecords, database, lag));
    });
    this.systemAccount = new Firm(info.name, SYSTEM_ACCOUNT, this.firmRecords, database, lag);
    this.apps.listen((id, now, before) => {
      if (before !== undefined) this.clientByApiKey.delete(before.api_key);
      if (now !== undefined) this.clientByApiKey.set(now.api_key, id);
    });
    this.grants.listen((id, now, before) => {
      for (const token of [before?.refreshToken, before?.previousRefreshToken]) {
        if (typeof token === 'string') this.grantByRefreshToken.delete(token);
      }
      for (const token of [now?.refreshToken, now?.previousRefreshToken]) {
        if (typeof token === 'string') this.grantByRefreshToken.set(token, id);
      }
    });
  }

  /** A firm of this tenant, or the system account, which holds nothing but has a place for subscriptions. */
  firmOrSystem(accountId: string): Firm | undefined {
    return accountId === SYSTEM_ACCOUNT ? this.systemAccount : this.firms.get(accountId);
  }

  /** The firm and the user with this e-mail address, without regard to case. */
  userByEmail(email: string): { readonly firm: Firm; readonly user: UserRecord } | undefined {
    const wanted = email.trim().toLowerCase();
    for (const firm of this.firms.values()) {
      for (const user of firm.users.values()) if (user.email.toLowerCase() === wanted) return { firm, user };
    }
    return undefined;
  }

  /** The firm that holds what `has` looks for. */
  firmWith(has: (firm: Firm) => boolean): Firm | undefined {
    for (const firm of this.firms.values()) if (has(firm)) return firm;
    return undefined;
  }
}
