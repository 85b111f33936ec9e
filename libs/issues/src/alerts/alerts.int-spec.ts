import { type Alerts, type AlertSettings, alertSettingsSchema } from '@matterline/contracts';
import { Operations } from '@matterline/sync';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { type FakeServer, json, startFakeServer } from '../../../../config/testing/stand-in';
import { FailingWork } from '../testing/failing-work';
import { type MailServer, startMailServer } from '../testing/mail-server';
import { AlertClaims } from './alert-claims';
import { AlertSettingsStore } from './alert-settings';
import { Digests } from './digests';
import { SendAlerts } from './send-alerts';

const HOUR_MS = 3600_000;
const CLOSED = { code: 'rejected', detail: 'The matter of Rivera is closed' } as const;

interface SlackBody {
  readonly text: string;
  readonly blocks: readonly { readonly type: string }[];
}

describe('alerts', () => {
  let one: AppUnderTest;
  let work: FailingWork;
  let mail: MailServer;
  let slack: FakeServer;
  let firmId: string;

  beforeAll(async () => {
    mail = await startMailServer();
    slack = await startFakeServer();
    one = await startApp({ env: { SMTP_URL: mail.url, SMTP_FROM: 'Matterline <alerts@matterline.test>' } });
    work = new FailingWork(one);
  });
  beforeEach(async () => {
    await one.database.query(`update alert_settings set has_digest = false`);
    await one.database.query(`update connections set state = 'disconnected'`);
    ({ firmId } = await one.firm({ timezone: 'America/New_York' }));
    await one.connect(firmId);
    work.outcome = { kind: 'succeeded' };
    mail.mails.length = 0;
    mail.refuse = null;
    slack.seen.length = 0;
    slack.answer(json(200, 'ok'));
  });
  afterAll(async () => {
    await one.close();
    await slack.close();
    await mail.close();
  });

  const put = (change: Partial<AlertSettings>): Promise<Alerts> =>
    one.get(AlertSettingsStore).put(firmId, alertSettingsSchema.parse(change), 'user:usr_1');
  const both = () => put({ emails: ['anna@firm.example'], slack_url: `${slack.url}/services/T0/B0/token` });
  const fail = (matter: string) => work.fail(firmId, { ...CLOSED, matter });
  const mend = async (id: string) => {
    await one.inFirm(firmId, (scope) => one.get(Operations).reopen(scope, id, 'retry'));
    await work.run(firmId, id);
  };
  const send = () => one.get(SendAlerts).sendDue();
  const slackBodies = () => slack.seen.map(({ body }) => JSON.parse(body) as SlackBody);
  const slackHeads = () => slackBodies().map(({ text }) => text.split('\n')[0]);
  const subjects = () => mail.mails.map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1]);
  const setClock = (at: string) => one.clock.advance(Date.parse(at) - one.clock.nowMs());
  const rows = () =>
    one.database.query<{ state: string; attempts: number; last_error: string | null; next_attempt_at: Date | null }>(
      'select state, attempts, last_error, next_attempt_at from alerts where firm_id = $1 order by position',
      [firmId],
    );

  it('tell each target once of every change of state, and of nothing else', async () => {
    await both();
    const id = await fail('m1');
    await send();
    await fail('m2');
    await send();
    const issue = await work.only(firmId);
    await work.work.setStatus(firmId, issue.id, 'acknowledged', 'user:u');
    await mend(id);
    await send();
    expect(slackHeads()).toEqual(['Matterline: Opened: Smokeball refused the data']);
    await work.work.setStatus(firmId, issue.id, 'resolved', 'user:u');
    await fail('m3');
    await send();
    const all = [
      'Matterline: Opened: Smokeball refused the data',
      'Matterline: Resolved: Smokeball refused the data',
      'Matterline: Back again: Smokeball refused the data',
    ];
    expect(slackHeads()).toEqual(all);
    expect(subjects()).toEqual(all);
    expect(mail.mails.map(({ to }) => to)).toEqual(all.map(() => 'anna@firm.example'));
    await send();
    expect(slack.seen).toHaveLength(3);
  });

  it('say code, case type, count and link, and never whose matter it is', async () => {
    await both();
    await work.fail(firmId, {
      code: 'needs_mapping',
      matter: 'mat_rivera',
      put: { title: 'Rivera v. Rivera', case_number: 'C-77', case_type: 'Zebra law', state: 'IL' },
    });
    await fail('mat_rivera_2');
    await send();
    const issues = await work.issues(firmId);
    const sent = [...mail.mails.map(({ raw }) => raw), ...slack.seen.map(({ body }) => body)].join('\n');
    expect(sent).toContain('No Smokeball matter type is mapped to this case type: Zebra law, IL');
    expect(sent).toContain('(1 now)');
    for (const { id } of issues) expect(sent).toContain(`http://matterline.test/issues/${id}`);
    expect(sent).not.toMatch(/rivera|C-77|Anna(?!@)/i);
  });

  it('go to Slack as it wants them, and by mail from the operator’s address with an id of their own', async () => {
    await both();
    await fail('m1');
    await send();
    const [body] = slackBodies();
    expect(slack.seen[0]).toMatchObject({ method: 'POST', url: '/services/T0/B0/token' });
    expect(slack.seen[0]?.headers['content-type']).toBe('application/json');
    expect(Object.keys(body ?? {}).sort()).toEqual(['blocks', 'text']);
    expect(body?.blocks[0]).toEqual({ type: 'section', text: { type: 'mrkdwn', text: expect.stringMatching(/^\*/) } });
    expect(mail.mails[0]?.raw).toMatch(/^From: Matterline <alerts@matterline\.test>$/m);
    expect(mail.mails[0]?.raw).toMatch(/^Message-ID: <alr_\w+@matterline\.test>$/im);
    expect(mail.mails[0]?.raw).toMatch(/^Auto-Submitted: auto-generated$/m);
  });

  it('are written in the transaction of the failure, or not at all', async () => {
    await both();
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
    expect(await rows()).toEqual([]);
  });

  it('are tried again, in order for each target, for a day', async () => {
    await both();
    slack.answer(json(500, 'no'));
    const id = await fail('m1');
    await send();
    await mend(id);
    await send();
    expect(subjects()).toHaveLength(2);
    expect(slack.seen).toHaveLength(1);
    const waiting = (await rows()).filter(({ state }) => state === 'pending');
    expect(waiting).toMatchObject([{ attempts: 1, last_error: 'answered 500' }, { attempts: 0 }]);
    slack.answer(json(200, 'ok'));
    one.clock.advance(HOUR_MS);
    await send();
    await send();
    expect(slackHeads().slice(1)).toEqual([
      'Matterline: Opened: Smokeball refused the data',
      'Matterline: Resolved: Smokeball refused the data',
    ]);
    slack.answer(json(500, 'no'));
    await fail('m2');
    for (let round = 0; round < 40; round += 1) {
      await send();
      one.clock.advance(HOUR_MS);
    }
    expect((await rows()).at(-1)).toMatchObject({ state: 'failed', last_error: 'answered 500' });
  });

  it('of a mail server that refuses are tried again', async () => {
    await put({ emails: ['anna@firm.example'] });
    mail.refuse = 'try later';
    await fail('m1');
    await send();
    expect(await rows()).toMatchObject([{ state: 'pending', last_error: 'EMESSAGE' }]);
    mail.refuse = null;
    one.clock.advance(HOUR_MS);
    await send();
    expect(await rows()).toMatchObject([{ state: 'sent', last_error: null }]);
    expect(mail.mails).toHaveLength(1);
  });

  it('in quiet hours wait and become one summary at their end', async () => {
    setClock('2027-01-11T03:30:00Z');
    await put({
      emails: ['anna@firm.example'],
      slack_url: `${slack.url}/x`,
      quiet_hours: { from: '22:00', to: '07:00' },
    });
    const id = await fail('m1');
    await work.fail(firmId, { code: 'not_permitted', matter: 'm2' });
    await mend(id);
    await send();
    one.clock.advance(8 * HOUR_MS);
    await send();
    expect([mail.mails.length, slack.seen.length]).toEqual([0, 0]);
    setClock('2027-01-11T12:00:00Z');
    await send();
    await send();
    expect(subjects()).toEqual(['Matterline: 2 issues changed in the quiet hours']);
    expect(slackBodies()[0]?.text).toMatch(/^Opened: Smokeball does not permit .*\(1 now\)$/m);
    expect(slackBodies()[0]?.text).toMatch(/^Resolved: Smokeball refused the data$/m);
    expect(slack.seen).toHaveLength(1);
    expect(new Set((await rows()).map(({ state }) => state))).toEqual(new Set(['sent']));
    await fail('m3');
    await send();
    expect(slackHeads().at(-1)).toBe('Matterline: Back again: Smokeball refused the data');
  });

  it('as a digest go out once a day at the firm’s hour, while something is open', async () => {
    setClock('2027-02-01T14:30:00Z');
    await fail('m1');
    await work.fail(firmId, { code: 'not_permitted', matter: 'm2' });
    await put({ slack_url: `${slack.url}/x`, digest: 'daily', digest_hour: 9 });
    const two = await startApp({ beside: one });
    const look = async () => {
      await Promise.all([one.get(Digests).look(), two.get(Digests).look()]);
      await send();
    };
    await look();
    expect(slack.seen).toHaveLength(0);
    setClock('2027-02-02T13:59:00Z');
    await look();
    expect(slack.seen).toHaveLength(0);
    setClock('2027-02-02T14:00:00Z');
    await look();
    await look();
    expect(slackHeads()).toEqual(['Matterline: 2 open issues']);
    setClock('2027-02-03T20:00:00Z');
    await look();
    expect(slack.seen).toHaveLength(2);
    for (const { id } of await work.issues(firmId)) await work.work.setStatus(firmId, id, 'ignored', 'user:u');
    setClock('2027-02-04T20:00:00Z');
    await look();
    expect(slack.seen).toHaveLength(2);
    await two.close();
  });

  it('are sent once when two processes look at the same moment', async () => {
    const two = await startApp({ beside: one });
    await both();
    for (const n of [1, 2, 3]) await work.fail(firmId, { code: 'not_permitted', matter: `m${n}` });
    await Promise.all([send(), two.get(SendAlerts).sendDue(), send(), two.get(SendAlerts).sendDue()]);
    for (let round = 0; round < 4; round += 1) await send();
    expect([mail.mails.length, slack.seen.length]).toEqual([3, 3]);
    await two.close();
  });

  it('that a killed process held are sent by another, and its late word counts for nothing', async () => {
    const two = await startApp({ beside: one });
    await put({ slack_url: `${slack.url}/x` });
    await fail('m1');
    const [row] = await one.database.query<{ id: string }>('select id from alerts where firm_id = $1', [firmId]);
    const claimed = await two.get(AlertClaims).claim(firmId, row?.id ?? '');
    if (!claimed) throw new Error('it was not to be had');
    await send();
    expect(slack.seen).toHaveLength(0);
    one.clock.advance(61_000);
    await send();
    expect(slack.seen).toHaveLength(1);
    await two.get(AlertClaims).putDown(firmId, claimed, { error: 'too late' });
    expect(await rows()).toMatchObject([{ state: 'sent', last_error: null, attempts: 2 }]);
    await two.close();
  });

  it('go nowhere without targets, and to no other firm’s', async () => {
    await both();
    const { firmId: stranger } = await one.firm();
    await work.fail(stranger, { ...CLOSED, matter: 'm1' });
    await send();
    expect([mail.mails.length, slack.seen.length]).toEqual([0, 0]);
  });
});
