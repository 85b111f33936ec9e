import type { AppRecord, GrantRecord } from '../auth/records';
import type { Query } from '../http/query';
import type { Answer } from '../http/answer';
import type { Firm } from '../model/firm';
import type { Tenant } from '../model/tenant';
import type { Origin } from '../webhooks/event';
import type { World } from '../world';

/** One call of the API that has passed the gateway. */
export interface Call {
  readonly world: World;
  readonly tenant: Tenant;
  readonly firm: Firm;
  readonly app: AppRecord;
  readonly grant: GrantRecord;
  /** The acting user; null for a service without a `UserId` header. */
  readonly userId: string | null;
  readonly origin: Origin;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** Parsed JSON, or undefined without a body. */
  readonly body: unknown;
  /** `{apiUrl}` or `{apiUrl}/{accountId}`: what hrefs begin with. */
  readonly hrefBase: string;
  /** The path and query of this call below `hrefBase`. */
  readonly path: string;
  /** A fault wants this write to fail after its 202. */
  readonly asyncError: string | null;
}

/** One operation of the API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/contacts/{id}` */
  readonly template: string;
  /** All of them are needed. */
  readonly scopes: readonly string[];
  readonly handle: (call: Call) => Answer;
}
