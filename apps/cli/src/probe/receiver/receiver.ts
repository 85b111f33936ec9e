import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { parseLosslessJson, verifySmokeballWebhook } from '@matterline/smokeball-client';
import { ProbeFailure } from '../probe-failure';
import { membersOf, textOf } from '../smokeball/members';

/** One delivery. Of its content only names and ids are kept: other people's changes arrive here too. */
export interface Delivery {
  readonly atMs: number;
  readonly type: string;
  readonly requestId: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly isSigned: boolean;
  /** Identifies the event over its tries. */
  readonly event: string;
  readonly payloadId: string | undefined;
  readonly payloadMembers: readonly string[];
}

const LARGEST_BODY = 5 * 1024 * 1024;
const TOLERANCE_S = 600;

/** Serves the address to which Smokeball delivers while the probe runs. A tunnel or a proxy brings it here. */
export class Receiver {
  readonly key = randomBytes(24).toString('base64url');
  readonly deliveries: Delivery[] = [];
  /** Deliveries for which this holds are answered 500. */
  refuses: (delivery: Delivery) => boolean = () => false;
  private readonly path = `/${randomBytes(18).toString('base64url')}`;
  private server: Server | undefined;

  constructor(
    private readonly publicUrl: string,
    private readonly clientId: string,
  ) {}

  /** What Smokeball is told; nobody can guess it. */
  get url(): string {
    return `${this.publicUrl.replace(/\/+$/, '')}${this.path}`;
  }

  async listen(port: number): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST_BODY) request.destroy();
        else chunks.push(chunk);
      });
      request.on('end', () => {
        const isOurs = request.method === 'POST' && (request.url ?? '').split('?')[0]?.endsWith(this.path) === true;
        const header = (name: string) => textOf(request.headers[name]) ?? '';
        const status = isOurs ? this.take(Buffer.concat(chunks).toString('utf8'), header) : 404;
        response.writeHead(status, { connection: 'close' }).end();
      });
      request.on('error', () => undefined);
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', () =>
        reject(new ProbeFailure(`Port ${port} is taken on this machine. Choose another with --receiver-port.`)),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private take(text: string, header: (name: string) => string): number {
    const body = readBody(text);
    const payload = membersOf(body['payload']);
    const [timestamp, requestId, signature] = [header('timestamp'), header('requestid'), header('signature')];
    const verdict = verifySmokeballWebhook({
      key: this.key,
      clientId: this.clientId,
      timestamp,
      requestId,
      signature,
      nowMs: Date.now(),
      toleranceS: TOLERANCE_S,
    });
    const delivery: Delivery = {
      atMs: performance.now(),
      type: textOf(body['type']) ?? '',
      requestId,
      timestamp,
      signature,
      // A clock that is off is another matter than a wrong key.
      isSigned: verdict.ok || verdict.reason === 'stale',
      event: `${String(body['type'])} ${String(payload['id'])} ${String(body['timestamp'])}`,
      payloadId: textOf(payload['id']),
      payloadMembers: Object.keys(payload).sort(),
    };
    this.deliveries.push(delivery);
    return this.refuses(delivery) ? 500 : 200;
  }
}

function readBody(text: string): Readonly<Record<string, unknown>> {
  try {
    return membersOf(parseLosslessJson(text));
  } catch {
    return {};
  }
}
