import { ConnectionListeners } from '@matterline/auth';
import { Endpoints, OutgoingEvents } from '@matterline/webhooks';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { IssueSweep } from './issue-sweep';
import { FailingWork } from './testing/failing-work';

const CLOSED = { code: 'rejected', detail: 'The matter is closed' } as const;

describe('an issue', () => {
  let one: AppUnderTest;
  let work: FailingWork;
  let firmId: string;

  beforeAll(async () => {
    one = await startApp();
    work = new FailingWork(one);
  });
  beforeEach(async () => {
    await one.database.query(`update connections set state = 'disconnected'`);
    ({ firmId } = await one.firm());
    await one.connect(firmId);
  });
  afterAll(async () => {
    await one.close();
  });

  const fail = (matter: string) => work.fail(firmId, { ...CLOSED, matter });
  const only = () => work.only(firmId);

  it('that two left last at the same moment is closed by the sweep; one that was closed too early is opened', async () => {
    await fail('m1');
    const { id } = await only();
    await one.database.query(`update issue_members set state = 'gone' where issue_id = $1`, [id]);
    await one.get(IssueSweep).look();
    expect(await only()).toMatchObject({ status: 'resolved', resolved_by: 'system' });
    await one.database.query(`update issue_members set state = 'open' where issue_id = $1`, [id]);
    await one.get(IssueSweep).look();
    expect(await only()).toMatchObject({ status: 'open', count: 1 });
  });

  it('takes in failures from before there were issues', async () => {
    await fail('m1');
    await fail('m2');
    await one.database.query('delete from issue_members where firm_id = $1', [firmId]);
    await one.database.query('delete from issues where firm_id = $1', [firmId]);
    await one.get(IssueSweep).adoptAll();
    expect(await only()).toMatchObject({ count: 2, title: 'Smokeball refused the data: the matter is closed' });
  });

  it('of a refused sign-in stands with the connection and what it holds, and ends with the next sign-in', async () => {
    await one.database.query(`update connections set state = 'needs_reauth' where firm_id = $1`, [firmId]);
    await one.get(ConnectionListeners).needsReauth(firmId);
    await work.fail(firmId, { code: 'needs_reauth', matter: 'm1' });
    const issue = await only();
    expect(issue).toMatchObject({ count: 2, status: 'open', suggested_fix: { action: 'reconnect' } });
    await expect(work.work.setStatus(firmId, issue.id, 'resolved', 'user:u')).rejects.toMatchObject({
      code: 'conflict',
    });
    await one.database.query(`update connections set state = 'connected' where firm_id = $1`, [firmId]);
    await one.get(ConnectionListeners).connected(firmId);
    const after = (await work.issues(firmId)).find(({ id }) => id === issue.id);
    expect(after).toMatchObject({ status: 'resolved', resolved_by: 'system', count: 0 });
  });

  it('of a connection is also found when nobody told of it', async () => {
    await one.database.query(`update connections set state = 'needs_reauth' where firm_id = $1`, [firmId]);
    await one.get(IssueSweep).look();
    expect(await only()).toMatchObject({ status: 'open', cause: { code: 'needs_reauth' } });
    await one.database.query(`update connections set state = 'connected' where firm_id = $1`, [firmId]);
    await one.get(IssueSweep).look();
    expect(await only()).toMatchObject({ status: 'resolved' });
  });

  it('of a missing registration comes and goes with it', async () => {
    await one.database.query(`update connections set hook_state = 'missing' where firm_id = $1`, [firmId]);
    await one.get(IssueSweep).look();
    expect(await only()).toMatchObject({ status: 'open', cause: { code: 'subscription_missing' } });
    await one.database.query(`update connections set hook_state = 'active' where firm_id = $1`, [firmId]);
    await one.get(IssueSweep).look();
    expect(await only()).toMatchObject({ status: 'resolved' });
  });

  it('of deliveries is one for each address and kind of answer, and ends with the address', async () => {
    const wish = { url: 'http://127.0.0.1:9/hook', events: ['*'] as '*'[] };
    const { id: endpoint } = await one.get(Endpoints).add(firmId, wish, 'key:k');
    for (const n of [1, 2, 3])
      await one.inFirm(firmId, (scope) =>
        one
          .get(OutgoingEvents)
          .emit(scope, { type: 'matter.updated', matterId: `m${n}`, data: {}, dedupeKey: `k${n}` }),
      );
    await one.database.query(
      `update deliveries set state = 'held', finished_at = $2, last_status = case matter_id when 'm3' then null else 503 end where firm_id = $1`,
      [firmId, one.clock.now()],
    );
    await one.get(IssueSweep).look();
    const issues = await work.issues(firmId);
    expect(issues.map(({ cause, count }) => [cause.code, count]).sort()).toEqual([
      ['delivery_failing', 1],
      ['delivery_failing', 2],
    ]);
    await one.get(Endpoints).remove(firmId, endpoint, 'key:k');
    await one.get(IssueSweep).look();
    expect((await work.issues(firmId)).map(({ status }) => status)).toEqual(['resolved', 'resolved']);
  });
});
