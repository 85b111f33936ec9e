import { mkdirSync } from 'node:fs';
import { aMatter } from './support/a-matter';
import { startExternalProduct } from './support/external-product';
import { Firm } from './support/firm';
import { type Answer, call, type Parsed } from './support/http';
import { newId } from './support/new-id';
import { OwnPostgres } from './support/own-postgres';
import { OwnRedis } from './support/own-redis';
import type { Product } from './support/product';
import { samplePdf } from './support/sample-pdf';
import { tempFolder } from './support/temp-folder';
import { untilDocument, untilLink } from './support/until';
import { upload } from './support/upload';
import { waitFor } from './support/wait-for';

const STATUS = '/api/v1/integrations/smokeball/status';

describe('bad days of the servers beside us', () => {
  const folder = tempFolder('outages');
  let postgres: OwnPostgres;
  let redis: OwnRedis;
  let product: Product;
  let firm: Firm;

  beforeAll(async () => {
    mkdirSync(`${folder.dir}/redis`);
    postgres = await OwnPostgres.create(`${folder.dir}/postgres`);
    redis = await OwnRedis.create(`${folder.dir}/redis`);
    const [databaseUrl, redisUrl] = [await postgres.start(), await redis.start()];
    const env = { SMOKEBALL_RATE: '500', SMOKEBALL_BURST: '500' };
    product = await startExternalProduct({ databaseUrl, redisUrl }, { env });
    await product.simulator.makeQuick();
    firm = await Firm.make(product);
    await firm.connect();
  }, 120_000);

  afterAll(async () => {
    await product?.stop();
    await redis?.stop();
    await postgres?.stop();
    folder.remove();
  }, 60_000);

  const health = (what: 'live' | 'ready') => call('GET', `${product.apiUrl}/health/${what}`);
  const untilReady = () => waitFor('ready again', async () => (await health('ready')).status === 200);
  const mattersOf = async (id: string) =>
    (await product.simulator.firm()).matters.filter((one: Parsed) => one.externalSystemId === id);
  const newMatter = async (): Promise<string> => {
    const id = newId('mat');
    await firm.api('PUT', `/api/v1/matters/${id}`, { json: aMatter() });
    return id;
  };

  it('takes requests while Redis is away, and works them off when it is back', async () => {
    await redis.stop();
    const ready = await waitFor('the queue to be missed', async () => {
      const answer = await health('ready');
      return answer.status === 503 ? answer : null;
    });
    expect(ready.body.error).toMatchObject({ code: 'unavailable', details: { failing: ['queue'] } });
    expect(ready.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await health('live')).status).toBe(200);

    const id = await newMatter();
    const uploadId = newId('upl');
    const file = samplePdf();
    const begun = Date.now();
    const taken = await upload(firm, id, file, { metadata: { upload_id: uploadId } });
    expect(taken.status).toBe(202);
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect((await firm.session.call('GET', STATUS)).status).toBe(200);

    await redis.start();
    await untilReady();
    const document = await untilDocument(firm, id, uploadId, 'confirmed');
    expect(await product.simulator.sha256OfFile(document.smokeball_file_id as string)).toBe(file.sha256);
    expect(await mattersOf(id)).toHaveLength(1);
  }, 90_000);

  it('says 503 and when to come back while PostgreSQL is away, loses nothing and recovers by itself', async () => {
    const before = newId('mat');
    await product.simulator.break('*', { delay_ms: 700 });
    await firm.api('PUT', `/api/v1/matters/${before}?sync=true`, { json: aMatter() });
    await postgres.stop();

    const requests: [string, () => Promise<Answer>][] = [
      ['a read', () => firm.api('GET', '/api/v1/matters')],
      ['a write', () => firm.api('PUT', `/api/v1/matters/${newId('mat')}`, { json: aMatter() })],
      ['an upload', () => upload(firm, before, samplePdf())],
      ['the console', () => firm.session.call('GET', STATUS)],
      ['signing in', () => call('POST', `${product.apiUrl}/api/v1/auth/login`, { json: firm.admin })],
      ['a webhook of Smokeball', () => call('POST', `${product.apiUrl}/hooks/smokeball/hook_x`, { json: {} })],
      [
        'the way back from Smokeball',
        () => call('GET', `${product.apiUrl}/api/v1/integrations/smokeball/callback?state=x`),
      ],
    ];
    for (const [what, send] of requests) {
      const answer = await send();
      expect([what, answer.status, answer.body?.error.code]).toEqual([what, 503, 'unavailable']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.headers.get('x-request-id')).toBeTruthy();
    }
    const ready = await health('ready');
    expect([ready.status, ready.body.error.details]).toEqual([503, { failing: ['database'] }]);
    expect((await health('live')).status).toBe(200);

    await postgres.start();
    await product.simulator.mend();
    await untilReady();
    await untilLink(firm, before, 'confirmed');
    expect(await mattersOf(before)).toHaveLength(1);
    const after = await newMatter();
    const uploadId = newId('upl');
    await upload(firm, after, samplePdf(), { metadata: { upload_id: uploadId } });
    await untilDocument(firm, after, uploadId, 'confirmed');
    const { contacts } = await product.simulator.firm();
    const ours = contacts.filter((one: Parsed) => one.person?.firstName === 'Ilse').map((one: Parsed) => one.externalSystemId as string); // prettier-ignore
    expect(new Set(ours).size).toBe(ours.length);
  }, 120_000);
});
