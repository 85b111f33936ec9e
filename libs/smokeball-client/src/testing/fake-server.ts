import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export type FakeAnswer = (request: SeenRequest, response: ServerResponse, incoming: IncomingMessage) => void;

export interface FakeServer {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** What to do with the next requests; the last one given goes on. */
  answer(...answers: readonly FakeAnswer[]): void;
  close(): Promise<void>;
}

/** A real HTTP server on a free port that answers as told and remembers what came. */
export async function startFakeServer(): Promise<FakeServer> {
  const seen: SeenRequest[] = [];
  let queue: readonly FakeAnswer[] = [json(200, {})];
  const server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('error', () => undefined);
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        rawHeaders: incoming.rawHeaders,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(request);
      const [next, ...rest] = queue;
      if (rest.length > 0) queue = rest;
      next?.(request, response, incoming);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    answer: (...answers) => {
      queue = answers;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers JSON; a string body is sent as it is. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): FakeAnswer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Takes the request and breaks the connection. */
export const reset: FakeAnswer = (_request, _response, incoming) => incoming.socket.destroy();

/** Takes the request and never answers. */
export const hang: FakeAnswer = () => undefined;
