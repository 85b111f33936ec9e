import {
  AccountQuestions,
  ConnectionListeners,
  OAuthStates,
  QUESTION_LIFETIME_MS,
  SwitchAccount,
} from '@matterline/auth';
import { Operations } from '@matterline/sync';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { type FakeAnswer, type FakeServer, json, startFakeServer } from '../../../config/testing/stand-in';
import { Inbox } from './inbox';

interface Link {
  readonly id: string;
  readonly state: string;
  readonly account_id: string | null;
  readonly remote: string | null;
}

describe('a sign-in to another account', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;
  let smokeball: FakeServer;
  let firmId: string;
  let account: string;
  let revoked: string[];

  const answer: FakeAnswer = (request, ...rest) => {
    const reply = (value: unknown) => json(200, value)(request, ...rest);
    if (request.url === '/auth/oauth2/token')
      return reply({ access_token: `a-${account}`, refresh_token: `r-${account}`, expires_in: 3600 });
    if (request.url === '/auth/oauth2/revoke') {
      revoked.push(new URLSearchParams(request.body).get('token') ?? '');
      return reply({});
    }
    if (request.url === '/api/firm') return reply({ id: account, name: `Firm ${account}` });
    return json(404, {})(request, ...rest);
  };

  beforeAll(async () => {
    smokeball = await startFakeServer();
    smokeball.answer(answer);
    one = await startApp({ smokeballUrl: smokeball.url });
    two = await startApp({ beside: one });
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    revoked = [];
    await signIn('acc-1');
  });
  afterAll(async () => {
    await two.close();
    await one.close();
    await smokeball.close();
  });

  /** @returns where the browser is sent. */
  const signIn = async (to: string) => {
    account = to;
    const { state } = await one.inFirm(firmId, (scope) =>
      one.get(OAuthStates).open(scope, { purpose: 'connection', userId: 'usr_1' }),
    );
    const url = `/api/v1/integrations/smokeball/callback?code=c&state=${state}`;
    const back = await one.app.inject({ method: 'GET', url });
    return String(back.headers.location).replace('http://matterline.test/settings/integrations', '');
  };
  const question = () => one.get(AccountQuestions).open(firmId);
  const confirm = async (at = one) => at.get(SwitchAccount).confirm(firmId, (await question())?.id ?? 'none');
  const switchTo = async (to: string) => {
    await signIn(to);
    await confirm();
  };
  const connection = async () =>
    (
      await one.database.query<Record<string, unknown>>(
        'select state, account_id, firm_name, hook_good_at, hook_id from connections where firm_id = $1',
        [firmId],
      )
    )[0];
  const links = async (): Promise<Link[]> => [
    ...(await one.database.query<Link>(
      'select matter_id as id, state, account_id, smokeball_matter_id as remote from matter_links where firm_id = $1 order by 1',
      [firmId],
    )),
    ...(await one.database.query<Link>(
      'select client_id as id, state, account_id, smokeball_contact_id as remote from contact_links where firm_id = $1 order by 1',
      [firmId],
    )),
  ];
  const whole = async () => [
    ...(await one.database.query(
      `select to_jsonb(l) - 'updated_at' as row from matter_links l where firm_id = $1 order by matter_id`,
      [firmId],
    )),
    ...(await one.database.query(
      `select to_jsonb(l) - 'updated_at' as row from contact_links l where firm_id = $1 order by client_id`,
      [firmId],
    )),
  ];
  /** A matter and its client as they are once they are in an account. */
  const linked = async (to: string, remote: string) => {
    await one.database.query(
      `update matter_links set state = 'confirmed', account_id = $2, smokeball_matter_id = $3, smokeball_version = 637981232724209301,
         smokeball_number_enc = '\\x0102', sent_hash = '\\xff00', matter_type_id = 'type' where firm_id = $1`,
      [firmId, to, `m-${remote}`],
    );
    await one.database.query(
      `update contact_links set state = 'confirmed', account_id = $2, smokeball_contact_id = $3, how = 'email', sent_enc = '\\x0a' where firm_id = $1`,
      [firmId, to, `c-${remote}`],
    );
  };

  it('asks, and changes nothing: the present account goes on working', async () => {
    const before = await connection();
    expect(await signIn('acc-2')).toBe('?error=other_account');
    expect(await connection()).toEqual(before);
    expect(await question()).toMatchObject({
      firm_name: 'Firm acc-2',
      present_firm_name: 'Firm acc-1',
      links: { matters: 0, contacts: 0, documents: 0 },
    });
  });

  it('keeps its tokens sealed', async () => {
    await signIn('acc-2');
    const [row] = await one.database.query<{ text: string }>(
      `select encode(access_token_enc, 'escape') || encode(refresh_token_enc, 'escape') as text from account_questions where firm_id = $1`,
      [firmId],
    );
    expect(row?.text).not.toMatch(/[ar]-acc-2/);
  });

  it('confirmed goes there and revokes the old sign-in', async () => {
    await switchTo('acc-2');
    expect(await connection()).toMatchObject({ state: 'connected', account_id: 'acc-2', firm_name: 'Firm acc-2' });
    expect(revoked).toEqual(['r-acc-1']);
    expect(await question()).toBeNull();
  });

  it('is confirmed once, by two processes at the same moment too', async () => {
    await signIn('acc-2');
    const id = (await question())?.id ?? '';
    const tries = await Promise.allSettled([one, two].map((at) => at.get(SwitchAccount).confirm(firmId, id)));
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(one.get(SwitchAccount).confirm(firmId, id)).rejects.toThrow('no longer open');
  });

  it.each([
    [QUESTION_LIFETIME_MS - 1, true],
    [QUESTION_LIFETIME_MS, false],
  ])('after %i ms is still a question: %s', async (ms, isOpen) => {
    await signIn('acc-2');
    one.clock.advance(ms);
    expect((await question()) !== null).toBe(isOpen);
  });

  it('of another firm cannot be confirmed here', async () => {
    await signIn('acc-2');
    const id = (await question())?.id ?? '';
    const other = await one.firm();
    await expect(one.get(SwitchAccount).confirm(other.firmId, id)).rejects.toThrow('no longer open');
  });

  it('is no question any more after a sign-in to the present account', async () => {
    await signIn('acc-2');
    expect(await signIn('acc-1')).toBe('?connected=1');
    expect(await question()).toBeNull();
  });

  it('is asked about after a disconnect too', async () => {
    await one.database.query(`update connections set state = 'disconnected' where firm_id = $1`, [firmId]);
    expect(await signIn('acc-2')).toBe('?error=other_account');
  });

  it('keeps the old links apart, uses none of them, and brings them back unchanged with the old account', async () => {
    await one.put(firmId, 'mat_1');
    await linked('acc-1', 'one');
    const before = await whole();
    await switchTo('acc-2');
    const none = { state: 'not_synced', account_id: null, remote: null };
    expect(await links()).toEqual([
      { id: 'mat_1', ...none },
      { id: 'cli_mat_1', ...none },
    ]);
    await linked('acc-2', 'two');
    const there = await whole();
    await switchTo('acc-1');
    expect(await whole()).toEqual(before);
    await switchTo('acc-2');
    expect(await whole()).toEqual(there);
  });

  it('keeps the links of each of three accounts', async () => {
    await one.put(firmId, 'mat_1');
    for (const to of ['acc-1', 'acc-2', 'acc-3']) {
      if (to !== 'acc-1') await switchTo(to);
      await linked(to, to);
    }
    for (const to of ['acc-1', 'acc-3', 'acc-2']) {
      await switchTo(to);
      expect((await links()).map(({ remote }) => remote)).toEqual([`m-${to}`, `c-${to}`]);
    }
  });

  it('does not touch the links of other firms', async () => {
    const other = await one.firm();
    await one.connect(other.firmId, { accountId: 'acc-1' });
    await one.put(other.firmId, 'mat_1');
    await one.database.query(
      `update matter_links set state = 'confirmed', account_id = 'acc-1', smokeball_matter_id = 'm' where firm_id = $1`,
      [other.firmId],
    );
    await switchTo('acc-2');
    const [link] = await one.database.query<Link>('select * from matter_links where firm_id = $1', [other.firmId]);
    expect(link).toMatchObject({ state: 'confirmed', account_id: 'acc-1' });
  });

  it('keeps a matter that waits for its client waiting', async () => {
    await one.put(firmId, 'mat_1');
    await one.database.query(`update matter_links set state = 'waiting_for_client' where firm_id = $1`, [firmId]);
    await switchTo('acc-2');
    expect(await links()).toContainEqual({ id: 'mat_1', state: 'waiting_for_client', account_id: null, remote: null });
  });

  it('lets new records be made there, cancels edits of records that are not there, and forgets the old ids', async () => {
    await one.put(firmId, 'mat_1');
    const enqueue = (kind: 'matter.push' | 'matter.update') =>
      one.inFirm(firmId, (scope) =>
        one.get(Operations).enqueue(scope, {
          kind,
          subject: 'matter:mat_1',
          matterId: 'mat_1',
          entityType: 'matter',
          entityId: 'mat_1',
          trigger: 'auto',
          batchId: null,
        }),
      );
    const push = await enqueue('matter.push');
    const update = await enqueue('matter.update');
    await one.database.query(
      `update operations set state = 'running', holder = 7, lease_until = $2, progress = '{"created_id": "m-one"}' where id = $1`,
      [push.id, one.clock.in(60_000)],
    );
    await switchTo('acc-2');
    const rows = await one.database.query(
      'select id, state, progress, holder from operations where firm_id = $1 order by position',
      [firmId],
    );
    expect(rows).toEqual([
      { id: push.id, state: 'pending', progress: {}, holder: null },
      { id: update.id, state: 'cancelled', progress: {}, holder: null },
    ]);
    expect(await links()).toContainEqual({ id: 'mat_1', state: 'pending', account_id: null, remote: null });
  });

  it('sets events of the old account aside', async () => {
    await one.inFirm(firmId, (scope) =>
      one.get(Inbox).store(scope, {
        source: 'smokeball',
        type: 'contact.updated',
        resourceId: 'c-one',
        requestId: null,
        body: Buffer.from('{}'),
        dedupe: ['x'],
      }),
    );
    await switchTo('acc-2');
    const [event] = await one.database.query('select state from events_in where firm_id = $1', [firmId]);
    expect(event).toEqual({ state: 'ignored' });
  });

  it('remembers until when the old account was heard', async () => {
    const heard = one.clock.now();
    await one.database.query('update connections set hook_good_at = $2 where firm_id = $1', [firmId, heard]);
    one.clock.advance(3600_000);
    await switchTo('acc-2');
    expect(await connection()).toMatchObject({ hook_good_at: null });
    await switchTo('acc-1');
    expect(await connection()).toMatchObject({ hook_good_at: heard });
  });

  it('changes nothing when a room cannot put its links aside', async () => {
    const before = await connection();
    let isBroken = true;
    one.get(ConnectionListeners).register({
      switching: () => (isBroken ? Promise.reject(new Error('not now')) : Promise.resolve()),
    });
    await signIn('acc-2');
    await expect(confirm()).rejects.toThrow('not now');
    isBroken = false;
    expect(await connection()).toEqual(before);
    await confirm();
    expect(await connection()).toMatchObject({ account_id: 'acc-2' });
  });
});
