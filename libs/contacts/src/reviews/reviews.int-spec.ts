import type { ContactReview } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { type ContactsServer, startContactsServer } from '../testing/contacts-server';
import { ContactWork } from '../testing/contact-work';
import { DecideReview, UNDO_MS } from './decide-review';
import { ReviewList } from './review-list';

jest.setTimeout(60_000);

const PAGE = { page: 1, per_page: 20 };
const ACTOR = 'user:usr_1';
const spouse = {
  person: { firstName: 'Bruno', lastName: 'Rivera', email: 'anna@example.com', phone: { number: '6175550100' } },
};
const anna = (id: string) => ({
  id,
  first_name: 'Anna',
  last_name: 'Rivera',
  email: 'anna@example.com',
  tags: ['VIP'],
});

let smokeball: ContactsServer;
let at: AppUnderTest;
let work: ContactWork;
let cli: string;
let count = 0;

beforeAll(async () => {
  smokeball = await startContactsServer();
  at = await startApp({ smokeballUrl: smokeball.url });
});
beforeEach(async () => {
  smokeball.forget();
  work = await ContactWork.begin(at);
  count += 1;
  cli = `cli_r${count}`;
});
afterAll(async () => {
  await at.close();
  await smokeball.close();
});

const list = async (
  state: 'waiting' | 'postponed' = 'waiting',
  firmId = work.firmId,
): Promise<readonly ContactReview[]> => (await at.get(ReviewList).list(firmId, state, PAGE)).data;
const decide = (request: Parameters<DecideReview['decide']>[2], firmId = work.firmId) =>
  at.get(DecideReview).decide(firmId, cli, request, ACTOR);
const undo = () => at.get(DecideReview).undo(work.firmId, cli, ACTOR);
const asked = async (): Promise<string> => {
  const id = smokeball.add(spouse);
  await work.put(anna(cli));
  await work.settle(cli);
  return id;
};
const later = async () => {
  at.clock.advance(UNDO_MS);
  return await work.settle(cli);
};
const audited = async () =>
  (
    await at.database.query<{ action: string }>(
      `select action from audit_entries where firm_id = $1 and action like 'contact_review%' order by position`,
      [work.firmId],
    )
  ).map(({ action }) => action);

test('what waits is shown with the client, the candidates and the reasons', async () => {
  const id = await asked();
  expect(await list()).toMatchObject([
    {
      client_id: cli,
      name: 'Anna Rivera',
      kind: 'person',
      email: 'anna@example.com',
      matters: [{ id: `mat_${cli}`, title: 'Rivera' }],
      postponed_until: null,
      decision: null,
      candidates: [
        {
          contact_id: id,
          kind: 'person',
          name: 'Bruno Rivera',
          phones: ['617-555-0100'],
          likely: false,
          reasons_for: ['Same e-mail address'],
          reasons_against: ['Another first name: “Bruno”, not “Anna”'],
          url: `${smokeball.url}/app/#/billing/view-contact/${id}/details`,
        },
      ],
    },
  ]);
});

test('linking: it can be taken back for ten seconds, then the waiting operations go on in order', async () => {
  const id = await asked();
  await decide({ decision: 'link', contact_id: id });
  expect((await list())[0]?.decision).toMatchObject({ decision: 'link', contact_id: id });
  await work.settle('nobody');
  expect(await work.link(cli)).toMatchObject({ state: 'pending', smokeball_contact_id: null });
  await later();
  expect(await work.link(cli)).toMatchObject({ state: 'confirmed', smokeball_contact_id: id, how: 'person' });
  expect((await work.operations(cli)).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'contact.push succeeded',
    'contact.tags succeeded',
  ]);
  expect([smokeball.contacts.size, await list()]).toEqual([1, []]);
  expect(await audited()).toEqual(['contact_review.decide']);
  const [matter] = await at.database.query(
    `select state, error_code from operations where firm_id = $1 and kind = 'matter.push'`,
    [work.firmId],
  );
  expect(matter).toEqual({ state: 'pending', error_code: null });
});

test('creating: a new contact beside the candidate', async () => {
  await asked();
  await decide({ decision: 'create' });
  await later();
  expect(smokeball.contacts.size).toBe(2);
  expect(await work.link(cli)).toMatchObject({ state: 'confirmed', how: 'created' });
});

test('a decision taken back waits as before, and can be given anew', async () => {
  const id = await asked();
  await decide({ decision: 'create' });
  await undo();
  await later();
  expect(await work.operations(cli)).toMatchObject([{ state: 'held', error_code: 'contact_ambiguous' }]);
  expect(await work.link(cli)).toMatchObject({ state: 'needs_review' });
  expect((await list())[0]?.decision).toBeNull();
  await decide({ decision: 'link', contact_id: id });
  await later();
  expect(smokeball.contacts.size).toBe(1);
  await expect(undo()).rejects.toMatchObject({ code: 'not_found' });
  expect(await audited()).toEqual(['contact_review.decide', 'contact_review.undo', 'contact_review.decide']);
});

test('two people deciding at once: one decision counts, the other is told', async () => {
  const id = await asked();
  const both = await Promise.allSettled([decide({ decision: 'create' }), decide({ decision: 'link', contact_id: id })]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
});

test('only what was proposed can be linked; another firm sees and decides nothing', async () => {
  await asked();
  await expect(decide({ decision: 'link', contact_id: 'c0ffee00-0000-4000-8000-000000000000' })).rejects.toMatchObject({
    code: 'validation_error',
  });
  const other = await at.firm();
  expect(await list('waiting', other.firmId)).toEqual([]);
  await expect(decide({ decision: 'create' }, other.firmId)).rejects.toMatchObject({ code: 'not_found' });
});

test('put aside, it is away until its day', async () => {
  await asked();
  await at.get(DecideReview).postpone(work.firmId, cli, 3, ACTOR);
  expect([(await list()).length, (await list('postponed')).length]).toEqual([0, 1]);
  at.clock.advance(3 * 24 * 3600 * 1000);
  expect([(await list()).length, (await list('postponed')).length]).toEqual([1, 0]);
  await at.get(DecideReview).postpone(work.firmId, cli, 3, ACTOR);
  await at.get(DecideReview).postpone(work.firmId, cli, 0, ACTOR);
  expect(await list()).toHaveLength(1);
});

test('a candidate deleted since it was chosen is not brought back: the person is asked again', async () => {
  const id = await asked();
  await decide({ decision: 'link', contact_id: id });
  smokeball.change(id, { isDeleted: true });
  await later();
  expect(smokeball.contacts.size).toBe(1);
  expect(await work.operations(cli)).toMatchObject([{ state: 'held', error_code: 'contact_ambiguous' }]);
  expect((await list())[0]).toMatchObject({ candidates: [], decision: null });
});

test('what CaseHug corrects settles it without a person', async () => {
  await asked();
  await work.put({ ...anna(cli), email: 'anna.rivera@example.com' });
  await work.settle(cli);
  expect(await work.link(cli)).toMatchObject({ state: 'confirmed', how: 'created' });
  expect(await list()).toEqual([]);
});

test('a linked contact that is gone: a person may have a new one made', async () => {
  await work.put({ ...anna(cli), email: 'a@example.com' });
  await work.settle(cli);
  const id = (await work.link(cli))?.smokeball_contact_id ?? '';
  smokeball.change(id, { isDeleted: true });
  await work.put({ ...anna(cli), email: 'b@example.com' });
  await work.settle(cli);
  await work.put({ ...anna(cli), email: 'b@example.com' });
  await work.settle(cli);
  expect(await work.link(cli)).toMatchObject({ state: 'broken', error_code: 'link_broken' });
  await decide({ decision: 'create' });
  await later();
  const link = await work.link(cli);
  expect(link).toMatchObject({ state: 'confirmed', how: 'created' });
  expect(link?.smokeball_contact_id).not.toBe(id);
  expect(smokeball.contacts.get(id)?.isDeleted).toBe(true);
});
