import { createHmac, randomUUID } from 'node:crypto';

/** Where deliveries go, and what signs them. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly key: string;
  readonly clientId: string;
  readonly accountId: string;
}

const HEADS = 64;
const TICKS_AT_1970 = 621_355_968_000_000_000n;

/** Deliveries as bytes: each body is another event; signatures are made beforehand, for the loader is not what is measured. */
export function signedRequests({ host, port, path, key, clientId, accountId }: Target): () => string {
  const run = randomUUID();
  const bodyOf = (turn: number): string =>
    `{"accountId":"${accountId}","userId":null,"subscriptionId":"8f0d3c1e-3c55-4b57-9a0a-0d3f6f8b7f11","type":"matter.updated","source":"Smokeball",` +
    `"payload":{"id":"${run}-${`${turn}`.padStart(9, '0')}","number":"2026-0001","title":"Rivera - Motor vehicle accident","status":"Open",` +
    `"clients":[{"id":"0b7a4c52-6f57-4d3c-8a39-0c7a5a1c1a55"}],"dateOpened":"2026-03-01T00:00:00Z"},"timestamp":637558795239278689}`;
  const length = Buffer.byteLength(bodyOf(0));
  const ticks = BigInt(Date.now()) * 10_000n + TICKS_AT_1970;
  const heads = Array.from({ length: HEADS }, (_, at) => {
    const [timestamp, requestId] = [`${ticks + BigInt(at)}`, randomUUID()];
    const signature = createHmac('sha256', key).update(`${timestamp}|${requestId}|${clientId}`).digest('hex');
    return [
      `POST ${path} HTTP/1.1`,
      `Host: ${host}:${port}`,
      'Content-Type: application/json',
      `Timestamp: ${timestamp}`,
      `RequestId: ${requestId}`,
      `Signature: ${signature}`,
      `Content-Length: ${length}`,
      '\r\n',
    ].join('\r\n');
  });
  let turn = 0;
  return () => {
    turn += 1;
    return `${heads[turn % HEADS] ?? ''}${bodyOf(turn)}`;
  };
}
