import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';

const { DATABASE_URL, FIRM_ID = '', HOOK_KEY = '', CLIENT_ID = '', SHARED_COMMITS } = process.env;
/** As Matterline's. */
const POOL_SIZE = 20;
const AT_ONCE = 2;
const ROWS_MOST = 200;
const TICKS_AT_1970 = 621_355_968_000_000_000n;
const TOLERANCE = 3_000_000_000n;

interface Row {
  readonly id: string;
  readonly key: Buffer;
  readonly requestId: string;
  readonly body: Buffer;
  readonly at: Date;
  readonly stored: () => void;
  readonly failed: () => void;
}

const COLUMNS =
  'insert into events_in (id, firm_id, source, dedupe_key, type, resource_id, request_id, body_enc, state, received_at, next_attempt_at)';
const ONE = {
  name: 'one',
  text: `${COLUMNS} values ($1, $2, 'smokeball', $3, 'matter.updated', null, $4, $5, 'pending', $6, $6) on conflict do nothing`,
};
const MANY = {
  name: 'many',
  text: `${COLUMNS} select id, $1, 'smokeball', key, 'matter.updated', null, request_id, body, 'pending', at, at
    from unnest($2::text[], $3::bytea[], $4::text[], $5::bytea[], $6::timestamptz[]) as e (id, key, request_id, body, at) on conflict do nothing`,
};

/** The floor: `node:http`, the signature, the freshness and the same INSERT; bodies are neither read nor sealed. */
function main(): void {
  const pool = new Pool({ connectionString: DATABASE_URL, max: POOL_SIZE });
  const waiting: Row[] = [];
  let writing = 0;

  const storeOne = ({ id, key, requestId, body, at, stored, failed }: Row): void => {
    pool.query({ ...ONE, values: [id, FIRM_ID, key, requestId, body, at] }).then(stored, failed);
  };
  const storeShared = (): void => {
    if (writing >= AT_ONCE || waiting.length === 0) return;
    writing += 1;
    setImmediate(() => {
      const rows = waiting.splice(0, ROWS_MOST);
      if (rows.length === 0) {
        writing -= 1;
        return;
      }
      const values = [
        FIRM_ID,
        rows.map(({ id }) => id),
        rows.map(({ key }) => key),
        rows.map(({ requestId }) => requestId),
        rows.map(({ body }) => body),
        rows.map(({ at }) => at),
      ];
      const ended = (each: 'stored' | 'failed') => () => {
        writing -= 1;
        for (const row of rows) row[each]();
        storeShared();
      };
      pool.query({ ...MANY, values }).then(ended('stored'), ended('failed'));
    });
  };

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const answer = (status: number, text: string) =>
        response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
      const { timestamp, requestid, signature } = request.headers as Record<string, string>;
      const expected = createHmac('sha256', HOOK_KEY).update(`${timestamp}|${requestid}|${CLIENT_ID}`).digest();
      const given = Buffer.from(signature ?? '', 'hex');
      const age = BigInt(Date.now()) * 10_000n + TICKS_AT_1970 - BigInt(timestamp ?? '0');
      if (given.length !== expected.length || !timingSafeEqual(given, expected) || age > TOLERANCE) {
        answer(401, '{}');
        return;
      }
      const body = pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces);
      const row: Row = {
        id: `evt_${randomBytes(13).toString('hex')}`,
        key: createHash('sha256').update(body).digest(),
        requestId: requestid ?? '',
        body,
        at: new Date(),
        stored: () => answer(200, '{"data":{"stored":true}}'),
        failed: () => answer(503, '{}'),
      };
      if (SHARED_COMMITS !== 'on') {
        storeOne(row);
        return;
      }
      waiting.push(row);
      storeShared();
    });
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ ready: true, port: (server.address() as AddressInfo).port })}\n`);
  });
}

main();
