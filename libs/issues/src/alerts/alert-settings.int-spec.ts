import { alertSettingsSchema } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { type FakeServer, json, startFakeServer } from '../../../../config/testing/stand-in';
import { FailingWork } from '../testing/failing-work';
import { type MailServer, startMailServer } from '../testing/mail-server';
import { AlertSettingsStore } from './alert-settings';
import { TestAlerts } from './test-alerts';

describe('the settings of alerts', () => {
  let one: AppUnderTest;
  let work: FailingWork;
  let mail: MailServer;
  let slack: FakeServer;
  let firmId: string;

  beforeAll(async () => {
    mail = await startMailServer();
    slack = await startFakeServer();
    one = await startApp({ env: { SMTP_URL: mail.url } });
    work = new FailingWork(one);
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    slack.answer(json(200, 'ok'));
  });
  afterAll(async () => {
    await one.close();
    await slack.close();
    await mail.close();
  });

  const both = () => {
    const wish = { emails: ['anna@firm.example'], slack_url: `${slack.url}/services/T0/B0/token` };
    return one.get(AlertSettingsStore).put(firmId, alertSettingsSchema.parse(wish), 'user:usr_1');
  };

  it('as a test say what happened at each target, without the secret of Slack’s address', async () => {
    await both();
    slack.answer(json(404, 'no_service'));
    const host = new URL(slack.url).host;
    expect(await one.get(TestAlerts).run(firmId, 'user:usr_1')).toEqual([
      { kind: 'email', target: 'anna@firm.example', sent: true, error: null },
      { kind: 'slack', target: host, sent: false, error: 'answered 404' },
    ]);
    expect(mail.mails.map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1])).toEqual(['Matterline: a test message']);
  });

  it('keep their addresses sealed', async () => {
    await both();
    await work.fail(firmId, { code: 'rejected', matter: 'm1' });
    const found = await one.database.query<{ all: string }>(
      `select s::text as all from alert_settings s where firm_id = $1 union all select a::text from alerts a where firm_id = $1`,
      [firmId],
    );
    for (const word of ['anna@firm', 'services/T0'])
      for (const form of [word, Buffer.from(word).toString('hex')])
        expect(found.map((row) => row.all).join()).not.toContain(form);
  });

  it('by e-mail are refused on a server that has no mail, and then only these', async () => {
    const bare = await startApp({ beside: one, env: { SMTP_URL: '' } });
    const store = bare.get(AlertSettingsStore);
    const wish = (change: object) => store.put(firmId, alertSettingsSchema.parse(change), 'user:u');
    await expect(wish({ emails: ['a@firm.example'] })).rejects.toMatchObject({
      code: 'conflict',
      details: { hint: expect.stringContaining('SMTP_URL') },
    });
    expect(await wish({ slack_url: `${slack.url}/x` })).toMatchObject({ email_available: false });
    await bare.close();
  });

  it('go to public https addresses only, unless the operator allows others', async () => {
    const strict = await startApp({ beside: one, env: { ALLOW_PRIVATE_NETWORKS: 'off' } });
    const store = strict.get(AlertSettingsStore);
    for (const url of [
      'http://hooks.slack.com/x',
      'https://127.0.0.1/x',
      'https://[::ffff:10.0.0.1]/x',
      'https://localhost/x',
    ]) {
      const put_ = store.put(firmId, alertSettingsSchema.parse({ slack_url: url }), 'user:u');
      await expect(put_).rejects.toMatchObject({ code: 'target_not_allowed' });
    }
    await both();
    expect(await strict.get(TestAlerts).run(firmId, 'user:u')).toContainEqual(
      expect.objectContaining({ kind: 'slack', sent: false, error: 'target_not_allowed' }),
    );
    await strict.close();
  });

  const WRONG: readonly [string, object, string][] = [
    ['an address that is none', { emails: ['anna'] }, 'emails.0'],
    ['a time that is none', { quiet_hours: { from: '25:00', to: '07:00' } }, 'quiet_hours.from'],
    ['quiet hours without an end', { quiet_hours: { from: '22:00' } }, 'quiet_hours.to'],
    ['a whole day of quiet', { quiet_hours: { from: '22:00', to: '22:00' } }, 'quiet_hours.to'],
    ['a weekly digest', { digest: 'weekly' }, 'digest'],
    ['hour 24', { digest_hour: 24 }, 'digest_hour'],
  ];
  it.each(WRONG)('refuse %s', (_name, change, field) => {
    const parsed = alertSettingsSchema.safeParse(change);
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});
