import { failed, Operations } from '@matterline/sync';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { IssueSweep } from './issue-sweep';
import { FailingWork } from './testing/failing-work';

const CLOSED = { code: 'rejected', detail: 'The matter is closed' } as const;

describe('an issue', () => {
  let one: AppUnderTest;
  let work: FailingWork;
  let firmId: string;
  let apiKey: string;

  beforeAll(async () => {
    one = await startApp();
    work = new FailingWork(one);
  });
  beforeEach(async () => {
    await one.database.query(`update connections set state = 'disconnected'`);
    ({ firmId, apiKey } = await one.firm());
    await one.connect(firmId);
    work.outcome = { kind: 'succeeded' };
  });
  afterAll(async () => {
    await one.close();
  });

  const fail = (matter: string) => work.fail(firmId, { ...CLOSED, matter });
  const only = () => work.only(firmId);
  const reopen = (id: string) => one.inFirm(firmId, (scope) => one.get(Operations).reopen(scope, id, 'retry'));
  const call = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: object, key = apiKey) => {
    const answer = await one.app.inject({
      method,
      url: `/api/v1/issues${path}`,
      headers: { 'x-api-key': key },
      ...(body ? { payload: body } : {}),
    });
    return {
      status: answer.statusCode,
      body: answer.json<{ data: Record<string, unknown>; error: { code: string } }>(),
    };
  };

  it('counts what stands, names the matters, and knows when it was seen', async () => {
    const begun = one.clock.now().toISOString();
    await fail('m1');
    one.clock.advance(3600_000);
    await fail('m2');
    expect(await only()).toMatchObject({
      title: 'Smokeball refused the data: the matter is closed',
      status: 'open',
      cause: { code: 'rejected', message: 'Smokeball refused the data.' },
      first_seen: begun,
      last_seen: one.clock.now().toISOString(),
      count: 2,
      retrying: 0,
      total: 2,
      affected_matters: { ids: ['m1', 'm2'], total: 2 },
      owner: null,
      suggested_fix: { action: 'retry' },
      resolved_at: null,
    });
  });

  it('closes itself when the last operation has succeeded, not before', async () => {
    const ids = [await fail('m1'), await fail('m2')];
    for (const id of ids) await reopen(id);
    expect(await only()).toMatchObject({ status: 'open', count: 0, retrying: 2 });
    await work.run(firmId, ids[0] ?? '');
    expect(await only()).toMatchObject({ status: 'open', retrying: 1 });
    await work.run(firmId, ids[1] ?? '');
    expect(await only()).toMatchObject({ status: 'resolved', resolved_by: 'system', count: 0, retrying: 0, total: 2 });
  });

  it('opens again when its cause returns', async () => {
    const id = await fail('m1');
    await reopen(id);
    await work.run(firmId, id);
    one.clock.advance(60_000);
    await fail('m2');
    expect(await only()).toMatchObject({ status: 'open', count: 1, total: 2, resolved_at: null, resolved_by: null });
  });

  it('is left by an operation that fails for another cause', async () => {
    const id = await fail('m1');
    await reopen(id);
    work.outcome = failed('rejected', 'typeId: required');
    await work.run(firmId, id);
    const issues = await work.issues(firmId);
    expect(issues.map(({ status, count, title }) => [status, count, title])).toEqual([
      ['open', 1, 'Smokeball refused the data: typeid required'],
      ['resolved', 0, 'Smokeball refused the data: the matter is closed'],
    ]);
  });

  it('that a retry did not mend is the same issue and nothing changed', async () => {
    const id = await fail('m1');
    const before = await only();
    await reopen(id);
    work.outcome = failed('rejected', CLOSED.detail);
    await work.run(firmId, id);
    expect(await only()).toMatchObject({ id: before.id, status: 'open', count: 1, total: 1 });
  });

  it('that is ignored stays so, counting, until a person takes it back', async () => {
    const id = await fail('m1');
    const issue = await only();
    await work.work.setStatus(firmId, issue.id, 'ignored', 'user:u');
    await fail('m2');
    expect(await only()).toMatchObject({ status: 'ignored', count: 2 });
    await reopen(id);
    await work.run(firmId, id);
    expect(await only()).toMatchObject({ status: 'ignored', count: 1 });
    await work.work.setStatus(firmId, issue.id, 'open', 'user:u');
    expect(await only()).toMatchObject({ status: 'open', count: 1 });
  });

  it('that a person resolves lets go of what stood in it, and returns with the next failure', async () => {
    await fail('m1');
    const issue = await only();
    await work.work.setStatus(firmId, issue.id, 'resolved', 'user:usr_1');
    expect(await only()).toMatchObject({ status: 'resolved', resolved_by: 'user:usr_1', count: 0 });
    await one.get(IssueSweep).look();
    expect(await only()).toMatchObject({ status: 'resolved' });
    await fail('m2');
    expect(await only()).toMatchObject({ status: 'open', count: 1 });
  });

  it('is written in the transaction of the failure, or not at all', async () => {
    const failing = one.inFirm(firmId, async (scope) => {
      const { id } = await one.get(Operations).enqueue(scope, {
        kind: 'reconcile',
        subject: 'matter:m1',
        matterId: 'm1',
        entityType: 'matter',
        entityId: 'm1',
        trigger: 'auto',
      });
      await work.failAgain(scope, id, CLOSED);
      throw new Error('thought better of it');
    });
    await expect(failing).rejects.toThrow();
    expect(await work.issues(firmId)).toEqual([]);
  });

  it('keeps clients out of sight: hashed cause, sealed title', async () => {
    await work.fail(firmId, {
      code: 'number_taken',
      matter: 'm1',
      put: { title: 'Rivera', case_number: 'SECRET-77', case_type: 'Zebra law' },
    });
    await work.fail(firmId, { code: 'needs_mapping', matter: 'm1', entity: ['contact', 'cli_1'] });
    const rows = await one.database.query<{ all: string }>('select i::text as all from issues i where firm_id = $1', [
      firmId,
    ]);
    const text = rows.map((row) => row.all).join();
    for (const word of ['Rivera', 'SECRET', 'Zebra'])
      for (const form of [word, Buffer.from(word).toString('hex')]) expect(text).not.toContain(form);
  });

  it('is retried as a whole, in the original order', async () => {
    const ids = [await fail('m3'), await fail('m1'), await fail('m2')];
    await work.fail(firmId, { code: 'not_permitted', matter: 'm9' });
    const id = (await work.issues(firmId)).find(({ count }) => count === 3)?.id ?? '';
    expect(await call('POST', `/${id}/retry`, { dry_run: true })).toMatchObject({
      status: 200,
      body: { data: { batch_id: null, accepted: 3 } },
    });
    expect(await call('GET', `/${id}`)).toMatchObject({ body: { data: { count: 3 } } });
    const { status, body } = await call('POST', `/${id}/retry`);
    expect([status, body.data['accepted']]).toEqual([202, 3]);
    const opened = await one.database.query<{ id: string; state: string }>(
      'select o.id, o.state from operations o join batch_operations b on b.operation_id = o.id where b.batch_id = $1 order by o.position',
      [body.data['batch_id']],
    );
    expect(opened).toEqual(ids.map((operation) => ({ id: operation, state: 'pending' })));
  });

  it('is read, given to a person and acknowledged over HTTP, and all of it is audited', async () => {
    await fail('m1');
    const { id } = await only();
    await one.database.query(
      `insert into users (id, firm_id, email_hash, email_enc, role, created_at) values ('usr_' || $1, $1, $2, '', 'support', now())`,
      [firmId, Buffer.from(firmId)],
    );
    expect(await call('GET', '?status=open&q=rejected')).toMatchObject({ status: 200, body: { data: [{ id }] } });
    expect((await call('GET', '?q=closed')).body.data).toHaveLength(1);
    expect((await call('GET', '?q=nothing')).body.data).toEqual([]);
    expect(await call('GET', `/${id}`)).toMatchObject({
      body: { data: { operations: [{ matter_id: 'm1', state: 'failed' }] } },
    });
    expect(await call('POST', `/${id}/owner`, { user_id: `usr_${firmId}` })).toMatchObject({
      body: { data: { owner: `usr_${firmId}` } },
    });
    expect(await call('POST', `/${id}/owner`, { user_id: 'usr_stranger' })).toMatchObject({ status: 400 });
    expect(await call('POST', `/${id}/owner`, { user_id: null })).toMatchObject({ body: { data: { owner: null } } });
    expect(await call('POST', `/${id}/status`, { status: 'acknowledged' })).toMatchObject({
      body: { data: { status: 'acknowledged' } },
    });
    expect(await call('POST', `/${id}/status`, { status: 'gone' })).toMatchObject({ status: 400 });
    const audited = await one.database.query<{ action: string }>(
      `select action from audit_entries where firm_id = $1 and subject = $2 order by position`,
      [firmId, `issue:${id}`],
    );
    expect(audited.map(({ action }) => action)).toEqual(['issue.owner', 'issue.owner', 'issue.status']);
  });

  it('of another firm does not exist', async () => {
    await fail('m1');
    const { id } = await only();
    const { apiKey: theirs, firmId: stranger } = await one.firm();
    expect((await call('GET', '', undefined, theirs)).body.data).toEqual([]);
    const answers = [
      await call('GET', `/${id}`, undefined, theirs),
      await call('POST', `/${id}/status`, { status: 'resolved' }, theirs),
      await call('POST', `/${id}/owner`, { user_id: null }, theirs),
      await call('POST', `/${id}/retry`, {}, theirs),
    ];
    expect(answers.map(({ status, body }) => `${status} ${body.error.code}`)).toEqual(Array(4).fill('404 not_found'));
    await work.fail(stranger, { ...CLOSED, matter: 'm1' });
    expect((await work.only(stranger)).id).not.toBe(id);
    expect(await only()).toMatchObject({ count: 1, status: 'open' });
  });

  it('may be read with sync:read and changed with sync:write only', async () => {
    await fail('m1');
    const { id } = await only();
    await one.database.query(`update api_keys set scopes = '{sync:read}' where firm_id = $1`, [firmId]);
    expect((await call('GET', `/${id}`)).status).toBe(200);
    expect((await call('POST', `/${id}/status`, { status: 'resolved' })).status).toBe(403);
    expect((await call('POST', `/${id}/retry`, {})).status).toBe(403);
  });

  // Last: sign-in by HTTP belongs to the process that was begun last.
  it('is one, however many processes find it at the same moment', async () => {
    const two = await startApp({ beside: one });
    const other = new FailingWork(two);
    const jobs = Array.from({ length: 40 }, (_, n) =>
      (n % 2 ? work : other).fail(firmId, { ...CLOSED, matter: `m${n}` }),
    );
    const ids = await Promise.all(jobs);
    expect(await only()).toMatchObject({ status: 'open', count: 40, total: 40 });
    for (const id of ids) await reopen(id);
    await Promise.all(ids.map((id, n) => (n % 2 ? work : other).run(firmId, id)));
    await one.get(IssueSweep).look();
    expect(await only()).toMatchObject({ status: 'resolved', count: 0, retrying: 0 });
    await two.close();
  });
});
