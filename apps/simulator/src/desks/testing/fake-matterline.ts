import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came over the wire, nothing interpreted. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface PlannedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A Matterline that answers what a test planned (newest plan first) and keeps what it was sent. Unplanned: 404 in the contract's form. */
export class FakeMatterline {
  readonly seen: SeenRequest[] = [];
  private readonly plans: { readonly route: string; readonly answer: (request: SeenRequest) => PlannedAnswer }[] = [];

  private constructor(private readonly server: ReturnType<typeof createServer>) {}

  static async start(): Promise<FakeMatterline> {
    const server = createServer();
    const fake = new FakeMatterline(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const answer = fake.take({ method, path: url, headers, body: Buffer.concat(chunks) });
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        response.end(
          answer.body === undefined
            ? undefined
            : typeof answer.body === 'string'
              ? answer.body
              : JSON.stringify(answer.body),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** `route` is a method and the beginning of a path, for example `PUT /api/v1/matters/`. */
  plan(route: string, answer: PlannedAnswer | ((request: SeenRequest) => PlannedAnswer)): void {
    this.plans.unshift({ route, answer: typeof answer === 'function' ? answer : () => answer });
  }

  /** The requests whose method and path begin so. */
  sent(route: string): readonly SeenRequest[] {
    return this.seen.filter((request) => `${request.method} ${request.path}`.startsWith(route));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private take(request: SeenRequest): PlannedAnswer {
    this.seen.push(request);
    const plan = this.plans.find(({ route }) => `${request.method} ${request.path}`.startsWith(route));
    return (
      plan?.answer(request) ?? {
        status: 404,
        body: { error: { code: 'not_found', message: 'No such record.', details: {} } },
      }
    );
  }
}
