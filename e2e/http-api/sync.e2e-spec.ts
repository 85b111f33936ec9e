import { aClient, aMatter } from '../support/a-matter';
import type { Parsed } from '../support/http';
import { newId } from '../support/new-id';
import { samplePdf } from '../support/sample-pdf';
import { untilLink } from '../support/until';
import { upload } from '../support/upload';
import { waitFor } from '../support/wait-for';
import { openWorld, type World, WORLD_MS } from '../support/world';

const SYNC = '/api/v1/integrations/smokeball/sync';

describe('sync history and bulk actions', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()), WORLD_MS);
  afterEach(() => world?.product.simulator.mend());
  afterAll(async () => world?.product.stop(), 60_000);

  const get = async (path: string) => (await world.firm.api('GET', `${SYNC}${path}`)).body;
  const post = (path: string, json?: unknown, headers?: Record<string, string>) =>
    world.firm.api('POST', `${SYNC}${path}`, { json, headers });
  const newMatter = async (parts: object = {}): Promise<string> => {
    const id = newId('mat');
    await world.firm.api('PUT', `/api/v1/matters/${id}`, { json: aMatter({ ...parts }) });
    return id;
  };
  const mattersInSmokeball = async (id: string) =>
    (await world.product.simulator.firm()).matters.filter((one: Parsed) => one.externalSystemId === id).length;
  const untilOperation = (matterId: string, kind: string, state: string): Promise<Parsed> =>
    waitFor(`${kind} of ${matterId} to be ${state}`, async () => {
      const { data } = await get(`?matter_id=${matterId}&kind=${kind}`);
      if (data[0]?.state !== state) throw new Error(JSON.stringify(data));
      return data[0];
    });
  const untilBatch = (id: string, state: string): Promise<Parsed> =>
    waitFor(`batch ${id} to be ${state}`, async () => {
      const { data } = await get(`/batches/${id}`);
      if (data.state !== state) throw new Error(JSON.stringify(data));
      return data;
    });

  it.each([
    ['neither ids nor filter', {}, ['matter_ids']],
    ['both', { matter_ids: ['mat_1'], filter: {} }, ['matter_ids']],
    ['a misspelt filter', { filter: { stat: 'failed' } }, ['filter.stat']],
    ['no ids', { matter_ids: [] }, ['matter_ids']],
    ['1001 ids', { matter_ids: Array.from({ length: 1001 }, (_none, at) => `mat_${at}`) }, ['matter_ids']],
    ['wrong types', { matter_ids: [7, 'mat_1'], dry_run: 'yes' }, ['dry_run', 'matter_ids[0]']],
  ])('refuses a request with %s', async (_what, json, wrong) => {
    const answer = await post('', json);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'validation_error']);
    expect(answer.body.error.details.fields.map(({ field }: Parsed) => field).sort()).toEqual(wrong);
  });

  it('tells what a dry run would do and does nothing', async () => {
    const [good, empty, unknown] = [await newMatter(), await newMatter({ clients: [] }), newId('mat')];
    const json = { matter_ids: [good, empty, unknown], dry_run: true };
    const answer = await post('', json);
    expect([answer.status, answer.body.data]).toEqual([
      200,
      {
        batch_id: null,
        accepted: 1,
        skipped: [
          { matter_id: empty, reason: 'waiting_for_client' },
          { matter_id: unknown, reason: 'not_found' },
        ],
      },
    ]);
    expect((await get(`?matter_id=${good}`)).data).toEqual([]);
    for (const id of [good, empty])
      expect((await world.firm.api('GET', `/api/v1/matters/${id}`)).body.data.link.state).toBe('not_synced');
  });

  it('syncs a batch, counts it, and gives its results as JSON and CSV', async () => {
    const ids = [await newMatter(), await newMatter(), await newMatter({ clients: [] })];
    const answer = await post('', { matter_ids: [...ids, ids[0]] });
    expect(answer.status).toBe(202);
    expect(answer.body.data).toMatchObject({
      accepted: 2,
      skipped: [{ matter_id: ids[2], reason: 'waiting_for_client' }],
    });
    const id = answer.body.data.batch_id as string;
    expect(await untilBatch(id, 'done')).toEqual({ batch_id: id, state: 'done', total: 4, pending: 0, running: 0, succeeded: 4, failed: 0, held: 0, cancelled: 0, skipped: 1, eta_seconds: 0 }); // prettier-ignore
    const rows = (await get(`/batches/${id}/results`)).data as Parsed[];
    expect(rows.map(({ matter_id, state, error_code }) => [matter_id, state, error_code])).toEqual(
      [ids[0], ids[0], ids[1], ids[1]].map((matterId) => [matterId, 'succeeded', null]),
    );
    const csv = await world.firm.api('GET', `${SYNC}/batches/${id}/results?format=csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('content-disposition')).toContain('attachment');
    const lines = rows.map((row) => `${row.operation_id},${row.matter_id},succeeded,`);
    expect(csv.text).toBe(['operation_id,matter_id,state,error_code', ...lines, ''].join('\r\n'));
    for (const matterId of ids.slice(0, 2)) expect(await mattersInSmokeball(matterId)).toBe(1);
    expect((await get(`?batch_id=${id}`)).pagination.total).toBe(4);
  }, 60_000);

  it('stops what has not begun and leaves the links as they were', async () => {
    await world.product.simulator.break('*', { delay_ms: 1500 });
    const ids = await Promise.all(Array.from({ length: 8 }, () => newMatter()));
    const { batch_id: id } = (await post('', { matter_ids: ids })).body.data;
    const cancelled = await post(`/batches/${id}/cancel`);
    expect(cancelled.status).toBe(202);
    expect(cancelled.body.data.cancelled).toBeGreaterThan(0);
    await world.product.simulator.mend();
    const batch = await untilBatch(id as string, 'cancelled');
    expect(batch.total).toBe(batch.cancelled + batch.succeeded);
    for (const matterId of ids) {
      const { data } = (await world.firm.api('GET', `/api/v1/matters/${matterId}`)).body;
      const pushed = data.operations.find(({ kind }: Parsed) => kind === 'matter.push').state as string;
      expect([pushed, data.link.state]).toEqual(pushed === 'cancelled' ? ['cancelled', 'not_synced'] : ['succeeded', 'confirmed']); // prettier-ignore
      expect(await mattersInSmokeball(matterId)).toBe(pushed === 'cancelled' ? 0 : 1);
    }
  }, 60_000);

  it('shows a failure in plain words, and opens the same operation again', async () => {
    const id = await newMatter();
    await world.product.simulator.break('POST /matters', { async_error: 'No such branch.' }, 1);
    await post('', { matter_ids: [id] });
    const failed = await untilOperation(id, 'matter.push', 'failed');
    expect(failed.error).toEqual({
      code: 'refused_later',
      message: expect.stringContaining('No such branch.'),
      hint: expect.stringMatching(/\w/),
      retryable: false,
    });
    expect(failed).toMatchObject({ entity: { type: 'matter', id }, attempts: 1, finished_at: expect.any(String) });
    const retried = await post(`/${failed.id}/retry`);
    expect([retried.status, retried.body.data.id]).toEqual([202, failed.id]);
    const done = await untilOperation(id, 'matter.push', 'succeeded');
    expect([done.id, done.error]).toEqual([failed.id, null]);
    expect(await mattersInSmokeball(id)).toBe(1);
    const { data } = await get(`/${failed.id}`);
    expect(data.attempt_log.map(({ outcome }: Parsed) => outcome)).toEqual(['failed', 'succeeded']);
    expect(data.attempt_log[0].calls[0]).toMatchObject({ method: 'POST', route: '/matters', status: 202 });
    expect(data.steps.map(({ state }: Parsed) => state)).toContain('failed');
    const again = await post(`/${failed.id}/retry`);
    expect([again.status, again.body.error.code]).toEqual([409, 'conflict']);
    expect((await post('/op_nobody/retry')).status).toBe(404);
  }, 40_000);

  it('retries all that match, after a dry run that only counts', async () => {
    await world.product.simulator.break('POST /matters', { status: 400 });
    const ids = [await newMatter(), await newMatter()];
    await post('', { matter_ids: ids });
    for (const id of ids) await untilOperation(id, 'matter.push', 'failed');
    await world.product.simulator.mend();
    const filter = { state: 'failed', kind: 'matter.push', error_code: 'rejected' };
    const dry = await post('/retry', { filter, dry_run: true });
    expect([dry.status, dry.body.data]).toEqual([200, { batch_id: null, accepted: 2 }]);
    for (const id of ids) await untilOperation(id, 'matter.push', 'failed');
    const real = await post('/retry', { filter });
    expect([real.status, real.body.data.accepted]).toEqual([202, 2]);
    expect((await untilBatch(real.body.data.batch_id as string, 'done')).succeeded).toBe(2);
    for (const id of ids) expect(await mattersInSmokeball(id)).toBe(1);
    expect((await post('/retry', { filter: { state: 'gone' } })).status).toBe(400);
    expect((await post('/retry', { filter: { stat: 'failed' } })).status).toBe(400);
  }, 60_000);

  it('tries again by itself while Smokeball is down, also when a person does not want to wait', async () => {
    const id = await newMatter();
    await untilLink(world.firm, id, 'not_synced');
    await world.product.simulator.break('*', { status: 503 });
    await upload(world.firm, id, samplePdf());
    const waiting = await waitFor('a failed try', async () => {
      const { data } = await get(`?matter_id=${id}&kind=contact.push&error_code=smokeball_unavailable`);
      return data[0];
    });
    expect(waiting).toMatchObject({
      state: 'pending',
      next_attempt_at: expect.any(String),
      error: { retryable: true },
    });
    await world.product.simulator.mend();
    expect((await post(`/${waiting.id}/retry`)).status).toBe(202);
    await untilOperation(id, 'document.push', 'succeeded');
    const { contacts, files } = await world.product.simulator.firm();
    expect(contacts.filter((one: Parsed) => one.externalSystemId === waiting.entity.id)).toHaveLength(1);
    expect(files.filter((one: Parsed) => one.isUploaded)).toHaveLength(1);
  }, 60_000);

  it('finds by state, kind, matter, time, whole words and the beginning of ids', async () => {
    const id = newId('mat');
    const client = aClient({ last_name: 'Oduya-Lindqvist' });
    await world.firm.api('PUT', `/api/v1/matters/${id}?sync=true`, {
      json: aMatter({ title: 'Heron Lane', clients: [client] }),
    });
    await untilLink(world.firm, id, 'confirmed');
    await upload(world.firm, id, samplePdf('Quitclaim deed.pdf'));
    await untilOperation(id, 'document.push', 'succeeded');
    const operation = (await get(`?matter_id=${id}&kind=matter.push`)).data[0];
    const kinds = async (query: string) => {
      const found = (await get(`?per_page=100&${query}`)).data as Parsed[];
      return found.filter((one) => one.matter_id === id).map(({ kind }) => kind as string).sort(); // prettier-ignore
    };
    const all = ['contact.push', 'document.push', 'matter.push'];
    const [earlier, later] = [
      new Date(Date.now() - 3_600_000).toISOString(),
      new Date(Date.now() + 3_600_000).toISOString(),
    ];
    const cases: [string, string[]][] = [
      [`matter_id=${id}`, all],
      ['state=succeeded', all],
      ['state=failed', []],
      ['kind=matter.push', ['matter.push']],
      [`matter_id=${id}&kind=document.push&state=succeeded`, ['document.push']],
      [`from=${earlier}&to=${later}`, all],
      [`from=${later}`, []],
      [`to=${earlier}`, []],
      ['q=heron', all],
      ['q=HERON+lane', all],
      ['q=oduya', all],
      ['q=quitclaim', ['document.push']],
      [`q=${id.slice(0, 10)}`, all],
      [`q=${operation.id}`, ['matter.push']],
      [`q=${client.id}`, ['contact.push']],
      ['q=hero', []],
      ['q=eron', []],
      ['q=%25', []],
    ];
    for (const [query, expected] of cases) expect([query, await kinds(query)]).toEqual([query, expected]);
    const [newest, ...older] = (await get('?per_page=100')).data as Parsed[];
    expect(older.every(({ created_at }) => created_at <= newest.created_at)).toBe(true);
  }, 60_000);

  it('gives the first answer again under one Idempotency-Key, bound to firm, method, path and body', async () => {
    const [id, other, key] = [await newMatter(), await newMatter(), newId('key')];
    const headers = { 'idempotency-key': key };
    const first = await post('', { matter_ids: [id] }, headers);
    const again = await post('', { matter_ids: [id] }, headers);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    const conflict = await post('', { matter_ids: [other] }, headers);
    expect([conflict.status, conflict.body.error.code]).toEqual([409, 'idempotency_conflict']);
    const elsewhere = await post('/retry', { filter: { state: 'failed' }, dry_run: true }, headers);
    expect(elsewhere.status).toBe(200);
    const theirs = await world.other.api('POST', SYNC, { json: { matter_ids: [id] }, headers });
    expect(theirs.body.data).toMatchObject({ accepted: 0, skipped: [{ matter_id: id, reason: 'not_found' }] });
    await untilLink(world.firm, id, 'confirmed');
    expect(await mattersInSmokeball(id)).toBe(1);
    const wrong = { 'idempotency-key': newId('key') };
    const refused = await post('', { matter_ids: 'x' }, wrong);
    expect([(await post('', { matter_ids: 'x' }, wrong)).body, refused.status]).toEqual([refused.body, 400]);
    expect((await post('', { matter_ids: [id] }, { 'idempotency-key': 'two words' })).status).toBe(400);
    const many = await Promise.all(
      Array.from({ length: 6 }, () => post('', { matter_ids: [other] }, { 'idempotency-key': `${key}.2` })),
    );
    const batches = many.filter(({ status }) => status === 202).map(({ body }) => body.data.batch_id as string);
    expect(new Set(batches).size).toBe(1);
    const rest = many.filter(({ status }) => status !== 202);
    expect(rest.every(({ body }) => body.error.code === 'idempotency_in_progress')).toBe(true);
  }, 40_000);
});
