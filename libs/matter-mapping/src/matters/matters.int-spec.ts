import { MatterPlanner } from '@matterline/sync';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { PutMatter } from './put-matter';

const CLIENT = { id: 'cli_1', first_name: 'Anna', last_name: 'Rivera', email: 'anna@example.com' };

describe('matters', () => {
  let one: AppUnderTest;
  let firmId: string;
  let apiKey: string;

  beforeAll(async () => {
    one = await startApp();
  });
  beforeEach(async () => {
    ({ firmId, apiKey } = await one.firm());
  });
  afterAll(() => one.close());

  const put = (change: object = {}, { sync = false, id = 'mat_1' } = {}) =>
    one.get(PutMatter).put(firmId, id, { title: 'Rivera', clients: [CLIENT], ...change }, { sync, actor: 'key:key_1' });
  const plan = (dryRun = false) =>
    one.inFirm(firmId, (scope) => one.get(MatterPlanner).plan(scope, { matterId: 'mat_1', trigger: 'manual', dryRun }));
  const operations = async () =>
    (
      await one.database.query<{ text: string }>(
        `select kind || ' ' || entity_id || ' ' || state as text from operations where firm_id = $1 order by position`,
        [firmId],
      )
    ).map(({ text }) => text);
  const link = async () =>
    (
      await one.database.query<{ state: string; error_code: string | null }>(
        'select state, error_code from matter_links where firm_id = $1',
        [firmId],
      )
    )[0];
  /** As if all that was planned had arrived in Smokeball. */
  const arrive = async () => {
    await one.database.query(`update operations set state = 'succeeded', next_attempt_at = null where firm_id = $1`, [
      firmId,
    ]);
    await one.database.query(
      `update contact_links l set state = 'confirmed', smokeball_contact_id = 'c-' || l.client_id, sent_hash = p.party_hash from parties p where p.firm_id = l.firm_id and p.client_id = l.client_id and l.firm_id = $1`,
      [firmId],
    );
    await one.database.query(
      `update matter_links set state = 'confirmed', smokeball_matter_id = 'm-1' where firm_id = $1`,
      [firmId],
    );
    await one.database.query('delete from operations where firm_id = $1', [firmId]);
  };

  describe('what it takes to bring one into Smokeball', () => {
    it('nothing for one that is not there', async () => {
      expect(await plan()).toEqual({ skipped: 'not_found' });
    });

    it('its parties, then itself; once, however often it is asked', async () => {
      await put({ other_sides: [{ ...CLIENT, id: 'cli_2' }] });
      for (let round = 0; round < 3; round += 1) await plan();
      expect(await operations()).toEqual([
        'contact.push cli_1 pending',
        'contact.push cli_2 pending',
        'matter.push mat_1 pending',
      ]);
      expect(await link()).toEqual({ state: 'pending', error_code: null });
    });

    it('a dry run changes nothing', async () => {
      await put();
      expect(await plan(true)).toEqual({ operations: 1 });
      expect([await operations(), await link()]).toEqual([[], { state: 'not_synced', error_code: null }]);
    });

    it('without a client it waits, and goes on when one comes', async () => {
      await put({ clients: [] });
      expect(await plan()).toEqual({ skipped: 'waiting_for_client' });
      expect(await link()).toEqual({ state: 'waiting_for_client', error_code: 'waiting_for_client' });
      await put();
      expect(await operations()).toEqual(['contact.push cli_1 pending', 'matter.push mat_1 pending']);
    });

    it.each(['broken', 'unlinked'])('one whose link is %s is left alone', async (state) => {
      await put();
      await one.database.query('update matter_links set state = $2 where firm_id = $1', [firmId, state]);
      expect(await plan()).toEqual({ skipped: state });
      await put({ title: 'New' });
      expect(await operations()).toEqual([]);
    });

    it('a party that is linked and unchanged needs nothing; one whose data changed is updated', async () => {
      await put({}, { sync: true });
      await arrive();
      await put({ clients: [CLIENT, { ...CLIENT, id: 'cli_2', email: null }] });
      expect(await operations()).toContain('contact.push cli_2 pending');
      expect((await operations()).filter((text) => text.includes('cli_1'))).toEqual([]);
      await one.database.query('delete from operations where firm_id = $1', [firmId]);
      await put({ clients: [{ ...CLIENT, phone: '(312) 555-0148' }] });
      expect(await operations()).toContain('contact.update cli_1 pending');
    });

    it('one that stands in Smokeball is updated when its picture would write something else', async () => {
      await put({}, { sync: true });
      await arrive();
      await put({ title: 'Rivera v. Stone' });
      expect(await operations()).toEqual(['matter.update mat_1 pending']);
    });

    it('edits do not follow when the firm does not want it', async () => {
      await put({}, { sync: true });
      await arrive();
      await one.database.query(`update firms set settings = '{"auto_sync_updates": false}' where firm_id = $1`, [
        firmId,
      ]);
      await put({ title: 'Rivera v. Stone' });
      expect(await operations()).toEqual([]);
    });
  });

  describe('a PUT', () => {
    const send = async (body: unknown, { id = 'mat_1', query = '' } = {}) => {
      const answer = await one.app.inject({
        method: 'PUT',
        url: `/api/v1/matters/${encodeURIComponent(id)}${query}`,
        headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return {
        status: answer.statusCode,
        body: answer.json<{
          data?: Record<string, unknown>;
          error?: { code: string; details: { fields: { field: string }[] } };
        }>(),
      };
    };
    const GOOD = { title: 'Rivera', clients: [CLIENT] };

    it.each<[string, string, string[]]>([
      ['is only kept by default', '', []],
      [
        'with sync=true is brought to Smokeball',
        '?sync=true',
        ['contact.push cli_1 pending', 'matter.push mat_1 pending'],
      ],
    ])('%s', async (_name, query, expected) => {
      expect(await send(GOOD, { query })).toMatchObject({
        status: 202,
        body: { data: { id: 'mat_1', title: 'Rivera' } },
      });
      expect(await operations()).toEqual(expected);
    });

    it('is brought along at once when the firm wants it', async () => {
      await one.database.query(
        `update firms set settings = '{"auto_sync_on_matter_created": true}' where firm_id = $1`,
        [firmId],
      );
      await send(GOOD);
      expect(await operations()).toHaveLength(2);
    });

    it('older than the stored one is answered 200 and applied in nothing', async () => {
      await send({ ...GOOD, updated_at: '2026-03-07T14:00:00Z' });
      expect(await send({ ...GOOD, title: 'Old', updated_at: '2026-03-07T13:59:59Z' })).toMatchObject({
        status: 200,
        body: { data: { title: 'Rivera' } },
      });
      expect(await send({ ...GOOD, title: 'Same', updated_at: '2026-03-07T14:00:00Z' })).toMatchObject({
        status: 202,
        body: { data: { title: 'Same' } },
      });
    });

    it.each<[string, unknown, string, string[]]>([
      ['nothing', {}, 'mat_1', ['title', 'clients']],
      ['no clients', { title: 'x' }, 'mat_1', ['clients']],
      [
        'wrong types everywhere',
        {
          title: 5,
          status: 'open',
          clients: [{ id: 'c' }],
          attorneys: [{ email: 'x', role: 'boss' }],
          opened_on: 'May',
        },
        'mat_1',
        [
          'title',
          'status',
          'opened_on',
          'clients[0].first_name',
          'clients[0].last_name',
          'attorneys[0].email',
          'attorneys[0].role',
        ],
      ],
      ['null in what is required', { title: null, clients: null }, 'mat_1', ['title', 'clients']],
      ['an id that cannot be one', GOOD, 'mat 1', ['casehug_matter_id']],
      ['a list', [], 'mat_1', ['body']],
      [
        'a time that would outdate all later ones',
        { ...GOOD, updated_at: '2999-01-01T00:00:00Z' },
        'mat_1',
        ['updated_at'],
      ],
    ])('with %s names all that is wrong, and stores nothing', async (_name, body, id, fields) => {
      const answer = await send(body, { id });
      expect([answer.status, answer.body.error?.code]).toEqual([400, 'validation_error']);
      expect(answer.body.error?.details.fields.map(({ field }) => field).sort()).toEqual([...fields].sort());
      expect(await one.database.query('select 1 from matters where firm_id = $1', [firmId])).toEqual([]);
    });

    it('takes an e-mail address without the space around it', async () => {
      const answer = await send({ ...GOOD, clients: [{ ...CLIENT, email: ' anna@example.com ' }] });
      expect(answer).toMatchObject({ status: 202, body: { data: { clients: [{ email: 'anna@example.com' }] } } });
    });

    it('ten at once of one matter leave one matter', async () => {
      await Promise.all(
        Array.from({ length: 10 }, (_, at) => send({ ...GOOD, title: `Rivera ${at}` }, { query: '?sync=true' })),
      );
      expect(await operations()).toEqual(['contact.push cli_1 pending', 'matter.push mat_1 pending']);
      expect(await one.database.query('select 1 from matters where firm_id = $1', [firmId])).toHaveLength(1);
    });

    it('of the same id at another firm is another matter', async () => {
      await send(GOOD);
      const other = await one.firm();
      await one.put(other.firmId, 'mat_1', { title: 'Theirs' });
      const answer = await one.app.inject({
        method: 'GET',
        url: '/api/v1/matters/mat_1',
        headers: { 'x-api-key': apiKey },
      });
      expect(answer.json()).toMatchObject({ data: { title: 'Rivera' } });
    });

    it('keeps client data sealed', async () => {
      await send({
        ...GOOD,
        description: 'Canary',
        clients: [{ ...CLIENT, last_name: 'Canary', phone: '+13125550148' }],
      });
      const rows = await one.database.query<{ text: string }>(
        `select m::text as text from matters m where firm_id = $1 union all select p::text from parties p where firm_id = $1 union all select a::text from audit_entries a where firm_id = $1`,
        [firmId],
      );
      for (const word of ['Canary', '3125550148', 'anna@'])
        for (const { text } of rows)
          for (const form of [word, Buffer.from(word).toString('hex')]) expect(text).not.toContain(form);
    });
  });

  it('are found by whole words and by their ids’ beginning', async () => {
    await put({ title: 'Rivera v. Stone', case_number: 'C-2026-17' });
    await put({ title: 'Riverside' }, { id: 'mat_2' });
    const find = async (q: string) => {
      const answer = await one.app.inject({
        method: 'GET',
        url: `/api/v1/matters?q=${encodeURIComponent(q)}`,
        headers: { 'x-api-key': apiKey },
      });
      return answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id);
    };
    expect(await find('stone')).toEqual(['mat_1']);
    expect(await find('river')).toEqual([]);
    expect(await find('mat_2')).toEqual(['mat_2']);
    expect((await find('mat_')).sort()).toEqual(['mat_1', 'mat_2']);
    expect(await find('%')).toEqual([]);
    expect((await find('anna@example.com')).sort()).toEqual(['mat_1', 'mat_2']);
  });
});
