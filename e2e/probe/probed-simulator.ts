import { startSimulator, type RunningSimulator } from '../../apps/simulator/src/simulator';
import { runProbe } from '../../apps/cli/src/probe/run-probe';
import { ProbeFailure } from '../../apps/cli/src/probe/probe-failure';
import type { Report } from '../../apps/cli/src/probe/report/report';
import { freePort } from '../support/free-port';

type Json = Readonly<Record<string, unknown>>;

/** Everything at once, so that a run need not wait; each test sets what it is about. */
const QUICK = {
  visibility_ms: 0,
  index_lag_ms: 0,
  number_delay_ms: 0,
  ingest_ms: 0,
  error_delay_ms: 0,
  webhook_delay_ms: 0,
  auto_approve: true,
  auto_approve_email: 'tom.jones@harborpine.example',
  bucket: { enabled: false },
};
const TENANT = 'us-staging';
const APP = { client_id: 'probe-app', client_secret: 'probe secret', api_key: 'probe key' };
export const OTHER_APP = { client_id: 'other-app', client_secret: 'other secret', api_key: 'other key' };

export interface ProbeRun {
  readonly code: number;
  readonly report: Report;
  /** Standard output and standard error. */
  readonly out: string;
  readonly said: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  readonly hardStop?: AbortSignal;
  readonly answers?: readonly (boolean | null)[];
  readonly onSay?: (text: string) => void;
  /** As a person would read it, not as JSON. */
  readonly plain?: boolean;
}

/** The probe and a simulated Smokeball in one process; they speak HTTP to each other as always. */
export class ProbedSimulator {
  private constructor(
    readonly simulator: RunningSimulator,
    readonly signInPort: number,
    readonly receiverPort: number,
  ) {}

  static async start(switches: Json = {}): Promise<ProbedSimulator> {
    const simulator = await startSimulator({ switches: { ...QUICK, ...switches } });
    const probed = new ProbedSimulator(simulator, await freePort(), await freePort());
    const redirect_uris = [`http://localhost:${probed.signInPort}/callback`];
    for (const app of [APP, OTHER_APP]) await probed.control('PUT', '/apps', { tenant: TENANT, ...app, redirect_uris });
    return probed;
  }

  get env(): Record<string, string> {
    const { url } = this.simulator;
    return {
      SMOKEBALL_US_STAGING_AUTH_URL: `${url}/${TENANT}/auth`,
      SMOKEBALL_US_STAGING_API_URL: `${url}/${TENANT}/api`,
      SMOKEBALL_US_STAGING_APP_URL: `${url}/${TENANT}/app`,
      SMOKEBALL_US_STAGING_CLIENT_ID: APP.client_id,
      SMOKEBALL_US_STAGING_CLIENT_SECRET: APP.client_secret,
      SMOKEBALL_US_STAGING_API_KEY: APP.api_key,
      SMOKEBALL_RATE: '2000',
    };
  }

  /** The options that let webhooks come back. */
  get receiving(): string[] {
    return [
      '--write',
      `--receiver-url=http://127.0.0.1:${this.receiverPort}/tunnel`,
      `--receiver-port=${this.receiverPort}`,
    ];
  }

  /** Runs the command; the browser of the sign-in is a fetch that follows redirects. @throws ProbeFailure as the command does */
  async run(args: readonly string[], options: RunOptions = {}): Promise<ProbeRun> {
    let [out, said] = ['', ''];
    const answers = [...(options.answers ?? [])];
    const where = ['--region=us', '--environment=staging', `--sign-in-port=${this.signInPort}`, '--wait=2'];
    const code = await runProbe([...where, ...(options.plain ? [] : ['--json']), ...args], {
      env: { ...this.env, ...options.env },
      signal: options.signal ?? new AbortController().signal,
      hardStop: options.hardStop ?? new AbortController().signal,
      out: (text) => void (out += text),
      say: (text) => {
        said += `${text}\n`;
        options.onSay?.(text);
        if (text.includes('/oauth2/authorize?')) void fetch(text).then((page) => page.text());
      },
      readStdin: () => Promise.resolve(options.stdin ?? ''),
      yesOrNo: () => Promise.resolve(answers.shift() ?? null),
      signInAsFirm: () => Promise.reject(new ProbeFailure('not in this test')),
    });
    return { code, out, said, report: (options.plain ? {} : JSON.parse(out)) as Report };
  }

  /** What the token address answered to a sign-in: the JSON that --token-stdin takes. */
  async tokenAnswer(): Promise<string> {
    const { client_id, client_secret } = APP;
    const redirect_uri = `http://localhost:${this.signInPort}/callback`;
    const auth = `${this.simulator.url}/${TENANT}/auth/oauth2`;
    const query = new URLSearchParams({ response_type: 'code', client_id, redirect_uri });
    const page = await fetch(`${auth}/authorize?${query.toString()}`, { redirect: 'manual' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', client_id, client_secret, redirect_uri, code };
    const answer = await fetch(`${auth}/token`, { method: 'POST', body: new URLSearchParams(form) });
    return await answer.text();
  }

  /** As the control plane registers it. */
  get app(): Json {
    return { tenant: TENANT, ...APP, redirect_uris: [`http://localhost:${this.signInPort}/callback`] };
  }

  async makePrivate(private_accounts: readonly string[]): Promise<void> {
    await this.control('PUT', '/apps', { tenant: TENANT, ...APP, redirect_uris: [], private_accounts });
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await fetch(`${this.simulator.url}/_sim${path}`, { method, headers, body: text });
    const answered: unknown = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(answered));
    return answered;
  }

  async switches(patch: Json): Promise<void> {
    await this.control('PATCH', '/switches', patch);
  }

  async break(route: string, fault: Json, count?: number): Promise<void> {
    await this.control('POST', '/faults', { route, fault, count });
  }

  /** Every call of the API that was not a read. */
  async writes(): Promise<readonly string[]> {
    const requests = (await this.control('GET', '/requests?since=0')) as {
      area: string;
      method: string;
      path: string;
    }[];
    return requests
      .filter(({ area, method }) => area !== 'auth' && method !== 'GET')
      .map(({ method, path }) => `${method} ${path}`);
  }

  /** What bears the marker and is not cleaned up, in words. */
  async leftovers(): Promise<readonly string[]> {
    const { firms } = (await this.control('GET', `/${TENANT}/state`)) as { firms: Record<string, Json[]>[] };
    const isMarked = (record: Json) => JSON.stringify(record).includes('PROBE – delete me');
    return firms.flatMap((firm) => [
      ...(firm['contacts'] ?? []).filter((one) => isMarked(one) && one['isDeleted'] !== true).map(() => 'contact'),
      ...(firm['matters'] ?? [])
        .filter((one) => isMarked(one) && /Open|Pending/.test(String(one['status'])))
        .map(() => 'matter'),
      ...(firm['files'] ?? []).filter((one) => isMarked(one) && one['isDeleted'] !== true).map(() => 'file'),
      ...(firm['webhooks'] ?? []).map(() => 'webhook'),
    ]);
  }

  async close(): Promise<void> {
    await this.simulator.close();
  }
}
