import { createHash } from 'node:crypto';
import { checkCallsTo } from './documented-calls';
import { call, mustCall, type Parsed } from './http';

export interface FirmInSmokeball {
  readonly account_id: string;
  readonly name: string;
  readonly contacts: readonly Parsed[];
  readonly matters: readonly Parsed[];
  readonly files: readonly Parsed[];
  readonly webhooks: readonly Parsed[];
  readonly users: readonly { readonly email: string; readonly password: string; readonly staffId: string }[];
}

/** Quick and steady: what the tests of our own HTTP interface need. The journeys of a newcomer keep the defaults. */
const QUICK = {
  visibility_ms: { min: 20, max: 60 },
  index_lag_ms: { min: 0, max: 50 },
  number_delay_ms: { min: 20, max: 80 },
  ingest_ms: { min: 20, max: 80 },
  error_delay_ms: { min: 20, max: 60 },
  webhook_delay_ms: { min: 10, max: 40 },
  bucket: { rate: 1000, burst: 1000, enabled: false, fixed_window: false, per_endpoint: false, retry_after_s: null },
};

/** The simulated Smokeball's control plane: what really stands there, and its bad days. */
export class Simulator {
  constructor(readonly url: string) {
    checkCallsTo(url);
  }

  async makeQuick(): Promise<void> {
    await mustCall('PATCH', `${this.url}/_sim/switches`, { json: QUICK });
  }

  /** What one firm holds in Smokeball. Of a tenant's two firms the first, unless an account is named. */
  async firm(tenant = 'us', accountId?: string): Promise<FirmInSmokeball> {
    const { firms } = (await mustCall('GET', `${this.url}/_sim/${tenant}/state`)) as { firms: FirmInSmokeball[] };
    const found = accountId === undefined ? firms[0] : firms.find(({ account_id }) => account_id === accountId);
    if (!found) throw new Error(`there is no such firm in ${tenant}`);
    return found;
  }

  async sha256OfFile(fileId: string, tenant = 'us'): Promise<string> {
    const response = await fetch(`${this.url}/_sim/${tenant}/files/${fileId}/content`);
    return createHash('sha256')
      .update(Buffer.from(await response.arrayBuffer()))
      .digest('hex');
  }

  async break(route: string, fault: Readonly<Record<string, unknown>>, count?: number): Promise<void> {
    await mustCall('POST', `${this.url}/_sim/faults`, { json: { route, fault, count } });
  }

  async mend(): Promise<void> {
    await mustCall('DELETE', `${this.url}/_sim/faults`);
  }

  async requests(tenant = 'us', since = 0): Promise<Parsed[]> {
    return (await mustCall('GET', `${this.url}/_sim/requests?since=${since}&tenant=${tenant}`)) as Parsed[];
  }

  /** The number of the newest recorded request, to look from there on. */
  async newestRequest(tenant = 'us'): Promise<number> {
    const newest = (await this.requests(tenant)).at(-1) as { seq: number } | undefined;
    return newest?.seq ?? 0;
  }

  async changeMatterAsUser(id: string, fields: Readonly<Record<string, unknown>>, tenant = 'us'): Promise<void> {
    await mustCall('POST', `${this.url}/_sim/${tenant}/as-user/matters/${id}`, { json: fields });
  }

  async registerApp(app: Readonly<Record<string, unknown>>): Promise<void> {
    await mustCall('PUT', `${this.url}/_sim/apps`, { json: app });
  }

  async isUp(): Promise<boolean> {
    return (await call('GET', `${this.url}/_sim/health`)).status === 200;
  }
}
