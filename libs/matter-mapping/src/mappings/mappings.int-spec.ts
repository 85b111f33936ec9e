import type { CaseType, Mappings } from '@matterline/contracts';
import { Sessions, Users } from '@matterline/auth';
import { MatterRoom } from '../testing/matter-room';

describe('a firm’s mappings', () => {
  let room: MatterRoom;
  let admin: Record<string, string>;

  beforeAll(async () => {
    room = await MatterRoom.open();
  });
  beforeEach(async () => {
    await room.newFirm();
    admin = await signIn('firm_admin');
  });
  afterAll(() => room.close());

  const URL = '/api/v1/integrations/smokeball/mappings';
  const list = async () => (await room.api('GET', URL, admin)).body as { data: Mappings } | null;
  const rows = async () => (await list())?.data.case_types ?? [];
  const row = async (caseType: string | null, state: string | null = 'IL'): Promise<CaseType | undefined> =>
    (await rows()).find((one) => one.case_type === caseType && one.state === state);
  const put = (body: object, by = admin) => room.api('PUT', URL, by, body);
  const mapping = (change: object = {}) => ({
    case_type: 'Space law',
    state: 'Illinois',
    matter_type_id: 'type-2_IL',
    location: 'IL',
    client_role: 'Respondent',
    ...change,
  });
  const signIn = async (role: 'firm_admin' | 'support' | 'auditor') => {
    const email = `${role}.${Math.random().toString(36).slice(2)}@law.example`;
    const { userId } = await room.one.get(Users).create(room.firmId, email, role, null);
    const { token, csrf } = await room.one.get(Sessions).open(room.firmId, userId);
    return { cookie: `ml_session=${token}`, 'x-csrf-token': csrf };
  };

  it('list what CaseHug has sent, with what it would become, how and how surely', async () => {
    await room.put({}, { sync: false });
    await room.put({ case_type: 'Adoption' }, { sync: false });
    await room.put({ case_type: 'Space law', practice_area: 'other' }, { sync: false });
    expect(await row('Divorce (Standard)')).toMatchObject({
      becomes: {
        matter_type: { id: 'type-1_IL', name: 'Divorce' },
        client_role: 'Petitioner',
        how: 'likeness',
        score: 0.98,
      },
      problem: null,
      mapping: null,
      matters_waiting: 0,
    });
    expect(await row('Adoption')).toMatchObject({ becomes: { how: 'exact_name', score: 1 } });
    expect(await row('Space law')).toMatchObject({ becomes: null, problem: { code: 'needs_mapping' } });
    expect(await row(null, null)).toMatchObject({ becomes: null, problem: { code: 'needs_mapping' } });
    expect((await list())?.data.locations).toContainEqual({ code: 'IL', name: 'Illinois' });
  });

  it('that are saved let what waited go on by itself, and nothing else', async () => {
    await room.put({ case_type: 'Space law' });
    await room.work(3);
    expect(await rows()).toMatchObject([{ case_type: 'Space law', matters_waiting: 1 }, { case_type: null }]);
    expect(await put(mapping({ case_type: 'Sea law' }))).toMatchObject({ status: 200, body: { data: { resumed: 0 } } });
    expect(await put(mapping({ state: 'California' }))).toMatchObject({ body: { data: { resumed: 0 } } });
    expect(await put(mapping({ case_type: 'space LAW' }))).toMatchObject({
      status: 200,
      body: { data: { resumed: 1, case_type: { becomes: { how: 'own', matter_type: { id: 'type-2_IL' } } } } },
    });
    await room.work();
    expect(room.smokeball.one()).toMatchObject({ clientRole: 'Respondent', matterType: { id: 'type-2_IL' } });
    const audited = await room.one.database.query<{ subject: string }>(
      `select subject from audit_entries where firm_id = $1 and action = 'mapping.put' order by position desc limit 1`,
      [room.firmId],
    );
    expect(audited).toEqual([{ subject: 'mapping:space law/IL' }]);
  });

  it('for all else hold only where nothing else is sure', async () => {
    await put(mapping({ case_type: null, state: null }));
    await room.put({ case_type: 'Space law' });
    await room.work();
    expect(room.smokeball.bodies('POST')).toMatchObject([{ matterTypeId: 'type-2_IL' }]);
    expect(await row('Divorce (Standard)')).toBeUndefined();
    await room.put({}, { sync: false });
    expect(await row('Divorce (Standard)')).toMatchObject({ becomes: { how: 'likeness' } });
    expect(await row('Space law')).toMatchObject({ becomes: { how: 'firm_default' } });
  });

  it('that are taken back leave what is sure, and are gone once', async () => {
    await put(mapping({ case_type: 'Adoption', matter_type_id: 'type-1_IL' }));
    expect(await row('Adoption')).toMatchObject({ becomes: { how: 'own', matter_type: { name: 'Divorce' } } });
    const remove = () => room.api('DELETE', `${URL}?case_type=adoption&state=IL`, admin);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect(await row('Adoption')).toBeUndefined();
  });

  it('whose type is gone meanwhile say so', async () => {
    await put(mapping());
    room.smokeball.types = room.smokeball.types.filter((type) => type['id'] !== 'type-2_IL');
    await room.event('mattertype.updated');
    expect(await row('Space law')).toMatchObject({ becomes: null, problem: { code: 'type_deleted' } });
  });

  it.each<[string, object, string]>([
    ['a type that does not exist', { matter_type_id: 'type-99_IL' }, 'matter_type_id'],
    ['a type that is deleted', { matter_type_id: 'type-5_IL' }, 'matter_type_id'],
    ['a type of another place', { location: 'CA' }, 'matter_type_id'],
    ['a role that the type does not offer', { client_role: 'Buyer' }, 'client_role'],
    ['an empty case type', { case_type: ' ' }, 'case_type'],
    ['no state at all', { state: undefined }, 'state'],
  ])('cannot be saved with %s', async (_name, change, field) => {
    const { status, body } = await put(mapping(change));
    expect([status, body]).toMatchObject([
      400,
      { error: { code: 'validation_error', details: { fields: [{ field }] } } },
    ]);
    expect(await rows()).toHaveLength(1);
  });

  it('take the type’s usual role where none is named, and the namesake of leads where the firm makes leads', async () => {
    await room.settings({ lead: true });
    await put(mapping({ matter_type_id: 'type-1_IL', client_role: null }));
    expect(await row('Space law')).toMatchObject({
      becomes: { matter_type: { id: 'type-4_IL' }, client_role: 'Petitioner' },
    });
  });

  it.each(['support', 'auditor'] as const)(
    'are read by a user who is %s, and changed by a firm admin only',
    async (role) => {
      const session = await signIn(role);
      expect((await room.api('GET', URL, session)).status).toBe(200);
      expect((await put(mapping(), session)).status).toBe(403);
      expect((await put(mapping(), { 'x-api-key': room.apiKey })).status).toBe(403);
      expect((await room.api('DELETE', `${URL}?case_type=x`, session)).status).toBe(403);
    },
  );

  it('of one firm are nobody else’s', async () => {
    await put(mapping());
    await room.newFirm();
    admin = await signIn('firm_admin');
    expect(await rows()).toHaveLength(1);
  });

  it('say when nobody could look', async () => {
    await room.put({}, { sync: false });
    await room.one.database.query(`update connections set state = 'disconnected' where firm_id = $1`, [room.firmId]);
    expect(await row('Divorce (Standard)')).toMatchObject({ becomes: null, problem: { code: 'not_connected' } });
    expect((await put(mapping())).status).toBe(409);
  });

  it.each<[string, string, number]>([
    ['q=div', 'Divorce', 1],
    ['q=family%20law', 'Adoption', 3],
    ['q=zzz', '', 0],
    ['', 'Adoption', 3],
  ])('choose among Smokeball’s types: %s', async (query, first, total) => {
    const { body } = await room.api('GET', `/api/v1/integrations/smokeball/matter-types?location=il&${query}`, admin);
    expect(body).toMatchObject({
      data: { total, types: total === 0 ? [] : [{ name: first }, ...Array.from({ length: total - 1 }, () => ({}))] },
    });
  });
});
