import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { requireDocumentedAnswers } from './official-openapi';
import { SimulatorProcess, type ProcessOptions } from './simulator-process';
import { throughProxy } from './through-proxy';

/** Starting a process of its own takes a while on a busy machine. */
jest.setTimeout(30_000);

export type Json = Record<string, unknown>;

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  /** Parsed JSON; an empty object for an empty body or another content type. */
  readonly body: Json;
  readonly list: readonly Json[];
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly tenant?: string;
}

/** Everything at once, so that tests need not wait; each test sets what it is about. */
export const PROMPT = {
  visibility_ms: 0,
  index_lag_ms: 0,
  number_delay_ms: 0,
  ingest_ms: 0,
  error_delay_ms: 0,
  webhook_delay_ms: 0,
  user_id_absent_p: 0,
  auto_approve: true,
  bucket: { enabled: false },
};
/** A user of the first firm in `us`, and one of the second. */
export const TOM = 'tom.jones@harborpine.example';
export const GRACE = 'grace.okafor@lakesidelegal.example';
export const REDIRECT = 'http://localhost:5555/callback?from=smokeball';
export const PARTNER = { client_id: 'partner', client_secret: 'partner secret', api_key: 'partner key' };

/** A simulator in a process of its own, and a partner that speaks raw HTTP to it. */
export class SimulatorUnderTest {
  readonly base: string;
  token = '';
  refreshToken = '';

  private constructor(
    private readonly simulator: SimulatorProcess,
    private readonly agent: Agent,
  ) {
    this.base = `http://127.0.0.1:${simulator.port}`;
  }

  static async start(switches: Json = {}, options: ProcessOptions = {}): Promise<SimulatorUnderTest> {
    const simulator = await SimulatorProcess.start(options);
    const sim = new SimulatorUnderTest(simulator, new Agent({ keepAliveTimeout: 1000 }));
    await sim.switches({ ...PROMPT, ...switches });
    return sim;
  }

  /** On the data folder of one that stopped: its switches stand as they stood. */
  static async restarted(options: ProcessOptions): Promise<SimulatorUnderTest> {
    return new SimulatorUnderTest(await SimulatorProcess.start(options), new Agent({ keepAliveTimeout: 1000 }));
  }

  /** Registers the partner and gets tokens through the code flow. */
  static async connected(switches: Json = {}, email = TOM): Promise<SimulatorUnderTest> {
    const sim = await SimulatorUnderTest.start(switches);
    await sim.registerPartner('us');
    await sim.connect('us', email);
    return sim;
  }

  /** As if just started: what earlier tests did is gone, the process stays. */
  async reset(switches: Json = {}, more: Json = {}): Promise<void> {
    const answer = await this.control('POST', '/reset', { switches: { ...PROMPT, ...switches }, ...more });
    if (answer.status !== 200) throw new Error(answer.text);
    [this.token, this.refreshToken] = ['', ''];
  }

  /** Reset, and connected as `connected` does it. */
  async begin(switches: Json = {}, email = TOM): Promise<void> {
    await this.reset(switches);
    await this.registerPartner('us');
    await this.connect('us', email);
  }

  async registerPartner(tenant: string, more: Json = {}): Promise<void> {
    await this.control('PUT', '/apps', { tenant, ...PARTNER, redirect_uris: [REDIRECT], ...more });
  }

  async connect(tenant: string, email: string): Promise<Json> {
    const { code, verifier } = await this.authorize(tenant, email);
    const answer = await this.exchange(tenant, { code, code_verifier: verifier });
    this.token = String(answer.body['access_token']);
    this.refreshToken = String(answer.body['refresh_token']);
    return answer.body;
  }

  async authorize(
    tenant: string,
    email: string,
    more: Record<string, string> = {},
  ): Promise<{ code: string; verifier: string; location: URL }> {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: PARTNER.client_id,
      redirect_uri: REDIRECT,
      state: 'the state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      login_hint: email,
      ...more,
    });
    const answer = await this.raw('GET', `/${tenant}/auth/oauth2/authorize?${query.toString()}`);
    const location = new URL(String(answer.headers['location'] ?? 'http://nowhere'));
    return { code: location.searchParams.get('code') ?? '', verifier, location };
  }

  async exchange(
    tenant: string,
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<RawAnswer> {
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: PARTNER.client_id,
      redirect_uri: REDIRECT,
      ...form,
    });
    const basic = Buffer.from(`${PARTNER.client_id}:${PARTNER.client_secret}`).toString('base64');
    return this.raw('POST', `/${tenant}/auth/oauth2/token`, body.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${basic}`,
      ...headers,
    });
  }

  /** A call of the API with key and token. */
  async api(method: string, path: string, options: CallOptions = {}): Promise<RawAnswer> {
    const headers: Record<string, string> = {
      'x-api-key': PARTNER.api_key,
      authorization: `Bearer ${this.token}`,
      ...options.headers,
    };
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const call = { method, path, headers, target: `${this.base}/${options.tenant ?? 'us'}/api` };
    return throughProxy(call, (url, sent) => this.raw(method, url, body, sent));
  }

  async control(method: string, path: string, body?: unknown): Promise<RawAnswer> {
    return this.raw(method, `/_sim${path}`, body === undefined ? undefined : JSON.stringify(body), {
      'content-type': 'application/json',
    });
  }

  async switches(patch: Json): Promise<void> {
    const answer = await this.control('PATCH', '/switches', patch);
    if (answer.status !== 200) throw new Error(answer.text);
  }

  async settle(): Promise<void> {
    const answer = await this.control('POST', '/settle', {});
    if (answer.status !== 200) throw new Error(answer.text);
  }

  async advance(ms: number): Promise<void> {
    await this.control('POST', '/clock', { advance_ms: ms });
  }

  /** The first firm's state (`firms[index]`). */
  async firm(index = 0, tenant = 'us'): Promise<Record<string, Json[]>> {
    const state = await this.control('GET', `/${tenant}/state`);
    const firms = state.body['firms'] as Record<string, Json[]>[];
    const found = firms[index];
    if (found === undefined) throw new Error('no such firm');
    return found;
  }

  async accountId(index = 0, tenant = 'us'): Promise<string> {
    const { account_id } = (await this.firm(index, tenant)) as unknown as { readonly account_id: string };
    return account_id;
  }

  async raw(
    method: string,
    path: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<RawAnswer> {
    const url = path.startsWith('http') ? path : `${this.base}${path}`;
    const answer = await request(url, {
      method: method,
      body: body ?? null,
      headers,
      dispatcher: this.agent,
    });
    const text = await answer.body.text();
    const isJson = /json/.test(String(answer.headers['content-type'] ?? ''));
    const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : {};
    const list = Array.isArray(parsed) ? (parsed as Json[]) : (((parsed as Json)['value'] as Json[] | undefined) ?? []);
    return { status: answer.statusCode, headers: answer.headers, text, body: parsed as Json, list };
  }

  /** As a `kill -9` does it: nothing is closed. */
  async kill(): Promise<void> {
    await this.agent.destroy();
    await this.simulator.end('SIGKILL');
  }

  async close(): Promise<void> {
    try {
      await requireDocumentedAnswers(this.base);
    } finally {
      await this.agent.close();
      await this.simulator.end();
    }
  }
}

/** A web server that keeps what is sent to it; `answers` are the statuses it gives, the last one for ever; 0 never answers. */
export class Receiver {
  readonly received: { headers: Record<string, string>; text: string; body: Json }[] = [];
  answers: number[] = [200];

  private constructor(
    readonly url: string,
    private readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        receiver.received.push({
          headers: req.headers as Record<string, string>,
          text,
          body: JSON.parse(text) as Json,
        });
        const [status = 200] = receiver.answers;
        if (receiver.answers.length > 1) receiver.answers.shift();
        if (status > 0) res.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new Receiver(`http://127.0.0.1:${port}/hook`, () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    });
    return receiver;
  }

  types(): unknown[] {
    return this.received.map((delivery) => delivery.body['type']);
  }

  close(): Promise<void> {
    return this.stop();
  }
}
