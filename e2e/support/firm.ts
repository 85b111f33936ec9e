import { randomBytes } from 'node:crypto';
import { consent } from './consent';
import { ConsoleSession } from './console-session';
import { type Answer, call, type CallOptions } from './http';
import type { Product } from './product';
import { waitFor } from './wait-for';

export interface NewFirm {
  readonly name?: string;
  readonly region?: 'us' | 'au' | 'uk';
}

/** A law firm of a test, made by the operators' commands alone. */
export class Firm {
  private constructor(
    readonly product: Product,
    readonly id: string,
    readonly caseHugId: string,
    readonly apiKey: string,
    readonly webhookSecret: string,
    readonly admin: { readonly email: string; readonly password: string },
    readonly session: ConsoleSession,
    readonly region: string,
  ) {}

  static async make(product: Product, { name = 'Test & Firm LLP', region = 'us' }: NewFirm = {}): Promise<Firm> {
    const caseHugId = `firm_${randomBytes(5).toString('hex')}`;
    const made = await mustRun(product, [
      'firm:create',
      '--name',
      name,
      '--casehug-firm-id',
      caseHugId,
      '--region',
      region,
    ]);
    const admin = {
      email: `admin@${caseHugId.replace('_', '-')}.example`,
      password: randomBytes(9).toString('base64url'),
    };
    const user = [
      'user:create',
      '--firm',
      caseHugId,
      '--email',
      admin.email,
      '--role',
      'firm_admin',
      '--password-stdin',
    ];
    await mustRun(product, user, admin.password);
    const session = await ConsoleSession.signIn(product.apiUrl, admin.email, admin.password);
    const { firm_id, api_key, casehug_webhook_secret } = made;
    return new Firm(
      product,
      firm_id ?? '',
      caseHugId,
      api_key ?? '',
      casehug_webhook_secret ?? '',
      admin,
      session,
      region,
    );
  }

  /** A request of CaseHug's services, with the firm's key. */
  async api(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    return await call(method, `${this.product.apiUrl}${path}`, {
      ...options,
      headers: { 'x-api-key': this.apiKey, ...options.headers },
    });
  }

  /** Connects to the simulated Smokeball as one of its users, the first one by default, and waits for the webhook registration. */
  async connect(): Promise<void> {
    const callback = await this.allow();
    const answer = await call('GET', callback);
    const location = answer.headers.get('location') ?? '';
    if (!location.endsWith('connected=1')) throw new Error(`connecting ended at ${location || answer.status}`);
    await waitFor('the webhook registration', async () => {
      const status = await this.api('GET', '/api/v1/integrations/smokeball/status');
      return (status.body as { data: { webhooks: { state: string } } }).data.webhooks.state === 'active';
    });
  }

  /** Goes to Smokeball and allows it. @returns the address that Smokeball sends the browser back to */
  async allow(): Promise<string> {
    const started = await this.session.call('GET', '/api/v1/integrations/smokeball/connect', {
      headers: { accept: 'application/json' },
    });
    const user = (await this.product.simulator.firm(this.region)).users[0];
    if (!user) throw new Error('the simulated firm has no user');
    return await consent((started.body as { data: { authorization_url: string } }).data.authorization_url, {
      email: user.email,
      password: user.password,
    });
  }
}

async function mustRun(product: Product, args: readonly string[], input?: string): Promise<Record<string, string>> {
  const result = await product.cli(args, input);
  if (result.code !== 0) throw new Error(`${args[0]}: ${result.stderr}`);
  return result.json as Record<string, string>;
}
