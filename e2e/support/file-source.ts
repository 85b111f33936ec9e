import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Trouble {
  /** Answers so instead, this many times; always when `times` is left out. */
  readonly status?: number;
  readonly times?: number;
  /** Cuts the connection in the middle of the bytes, this many times. */
  readonly brokenOff?: number;
}

interface Offer {
  readonly bytes: Buffer;
  status: number | undefined;
  times: number;
  brokenOff: number;
}

/** The part of CaseHug's API that gives the bytes of an upload. Source: docs/casehug.md. */
export class FileSource {
  readonly keys: string[] = [];
  private readonly offers = new Map<string, Offer>();

  private constructor(
    private readonly server: Server,
    private readonly apiKey: string,
  ) {}

  static async open(apiKey: string): Promise<FileSource> {
    const server = createServer();
    const source = new FileSource(server, apiKey);
    server.on('request', (request, response) => source.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return source;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  give(uploadId: string, bytes: Buffer, { status, times = Infinity, brokenOff = 0 }: Trouble = {}): void {
    this.offers.set(uploadId, { bytes, status, times, brokenOff });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const key = String(request.headers['x-api-key']);
    const [, uploadId] = /^\/uploads\/([^/]+)\/download$/.exec(request.url ?? '') ?? [];
    if (uploadId === undefined) return void response.writeHead(404).end();
    this.keys.push(key);
    const offer = this.offers.get(uploadId);
    if (key !== this.apiKey) return void response.writeHead(401).end();
    if (!offer) return void response.writeHead(404).end();
    if (offer.status !== undefined && offer.times > 0) {
      offer.times -= 1;
      return void response.writeHead(offer.status).end();
    }
    response.writeHead(200, { 'content-length': offer.bytes.length });
    if (offer.brokenOff === 0) return void response.end(offer.bytes);
    offer.brokenOff -= 1;
    response.write(offer.bytes.subarray(0, offer.bytes.length / 2), () => response.destroy());
  }
}
