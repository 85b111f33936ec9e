import { SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const UNKNOWN = '00000000-0000-4000-8000-00000000abcd';

describe('writing matters', () => {
  let sim: SimulatorUnderTest;
  let people: string[];
  let staff: string[];
  let divorce: string;
  let lead: string;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
    await sim.begin();
    people = (await sim.api('GET', '/contacts?Type=Person&Limit=5')).list.map((contact) => String(contact['id']));
    staff = (await sim.api('GET', '/staff')).list.map((person) => String(person['id']));
    const typeOf = async (type: number): Promise<string> =>
      String((await sim.api('GET', `/mattertypes?Location=MA&Type=${type}&Name=Divorce`)).list[0]?.['id']);
    [divorce, lead] = [await typeOf(0), await typeOf(1)];
  });
  afterAll(() => sim.close());

  const body = (more: Json = {}): Json => ({ matterTypeId: divorce, clientIds: [people[0]], status: 'Open', ...more });
  const create = async (more: Json = {}): Promise<string> => {
    const answer = await sim.api('POST', '/matters', { body: body(more) });
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
    await sim.settle();
    return `/matters/${String(answer.body['id'])}`;
  };
  const read = async (path: string): Promise<Json> => (await sim.api('GET', path)).body;
  const patch = async (path: string, change: Json): Promise<number> => {
    const { status } = await sim.api('PATCH', path, { body: change });
    await sim.settle();
    return status;
  };

  const split = (ratios: readonly number[], more: Json = {}): Json => ({
    originatingStaffIds: ratios.map((_ratio, index) => staff[index]),
    splitOriginatingStaffSettings: {
      isEnabled: true,
      splitMethod: 'UseRatio',
      splitMatterStaffs: ratios.map((ratio, index) => ({ matterStaffId: staff[index], matterStaffRatio: ratio })),
      ...more,
    },
  });
  type Change = Json | (() => Json);
  const changeOf = (change: Change): Json => (typeof change === 'function' ? change() : change);

  const creations: [string, Change, number][] = [
    ['no clients', { clientIds: [] }, 400],
    ['clients that are null', { clientIds: null }, 400],
    ['no type', { matterTypeId: null }, 400],
    ['no status', { status: null }, 400],
    ['an unknown status', { status: 'Sleeping' }, 400],
    ['identical roles', { clientRole: 'Petitioner', otherSideRole: 'Petitioner' }, 400],
    ['different roles', { clientRole: 'Respondent', otherSideRole: 'Petitioner' }, 202],
    ['clientIds that is text', { clientIds: 'x' }, 400],
    ['one client, a type and a status', {}, 202],
  ];

  it.each(creations)('9.27 a matter with %s', async (_name, change, status) => {
    expect((await sim.api('POST', '/matters', { body: body(changeOf(change)) })).status).toBe(status);
  });

  it('9.27 unknown and misspelled members are ignored without a word', async () => {
    const matter = await read(
      await create({ dateOpened: '2020-01-01T00:00:00Z', otherSidesIds: [people[1]], nonsense: 1 }),
    );
    expect([matter['openedDate'], matter['otherSides'], matter['nonsense']]).toEqual([undefined, [], undefined]);
  });

  const staffRules: [string, Change, number][] = [
    [
      'an assistant among the further ones',
      () => ({ personAssistingStaffId: staff[0], personAssistingStaffIds: [staff[0]] }),
      400,
    ],
    [
      'an originator among the further ones',
      () => ({ originatingStaffId: staff[0], originatingStaffIds: [staff[0]] }),
      400,
    ],
    ['the same further assistant twice', () => ({ personAssistingStaffIds: [staff[0], staff[0]] }), 400],
    ['different assistants', () => ({ personAssistingStaffId: staff[0], personAssistingStaffIds: [staff[1]] }), 202],
    ['ratios below 10000', () => split([5000, 4999]), 400],
    ['ratios above 10000', () => split([5000, 5001]), 400],
    ['ratios of 10000', () => split([5000, 5000]), 202],
    ['a split that is off', () => split([1, 1], { isEnabled: false }), 202],
    [
      'a split among others than the originators',
      () => ({ ...split([5000, 5000]), originatingStaffIds: [staff[2]] }),
      400,
    ],
  ];

  it.each(staffRules)('9.28 POST and PATCH with %s', async (_name, change, status) => {
    expect((await sim.api('POST', '/matters', { body: body(changeOf(change)) })).status).toBe(status);
    expect(await patch(await create(), changeOf(change))).toBe(status);
  });

  it('9.28 PATCH looks at what is already there: a further assistant that is the assistant', async () => {
    const path = await create({ personAssistingStaffId: staff[0] });
    expect(await patch(path, { personAssistingStaffIds: [staff[0]] })).toBe(400);
    expect(await patch(path, { personAssistingStaffIds: [staff[1]] })).toBe(202);
  });

  it('9.28 PATCH takes the split only together with the originators', async () => {
    const { splitOriginatingStaffSettings } = split([5000, 5000]);
    const path = await create(split([5000, 5000]));
    for (const settings of [splitOriginatingStaffSettings, { isEnabled: true }, { isEnabled: false }]) {
      const answer = await sim.api('PATCH', path, { body: { splitOriginatingStaffSettings: settings } });
      expect([answer.status, answer.body['detail']]).toEqual([
        400,
        'The split settings can only be given together with originatingStaffIds.',
      ]);
    }
  });

  it('9.28 PUT cannot change the clients and the other sides', async () => {
    const path = await create({ otherSideIds: [people[2]] });
    const change = { clientIds: [people[1]], otherSideIds: [people[3]], description: 'put' };
    expect((await sim.api('PUT', path, { body: body(change) })).status).toBe(202);
    expect(await read(path)).toMatchObject({
      description: 'put',
      clients: [{ id: people[0] }],
      otherSides: [{ id: people[2] }],
    });
  });

  it('9.28 PUT replaces the rest and needs what POST needs', async () => {
    const path = await create({ description: 'first', clientCode: 'cc' });
    expect((await sim.api('PUT', path, { body: { description: 'x' } })).status).toBe(400);
    await sim.api('PUT', path, { body: body() });
    expect(await read(path)).not.toHaveProperty('description');
    expect(await read(path)).not.toHaveProperty('clientCode');
  });

  it('9.28 PATCH keeps what is absent, clears null, and replaces the whole set of clients and of other sides', async () => {
    const path = await create({ description: 'first', clientCode: 'cc', otherSideIds: [people[3]] });
    await patch(path, { clientIds: [people[1], people[2]], clientCode: null });
    const matter = await read(path);
    expect([matter['description'], matter['clientCode'], matter['clientIds'], matter['otherSideIds']]).toEqual([
      'first',
      undefined,
      [people[1], people[2]],
      [people[3]],
    ]);
    await patch(path, { otherSideIds: [] });
    expect((await read(path))['otherSideIds']).toEqual([]);
    expect(await patch(path, { clientIds: [] })).toBe(400);
  });

  it('9.28 items replace by type, and go neither with clients and other sides nor with a conversion', async () => {
    const path = await create();
    const items = { Property: [{ description: 'House' }] };
    expect(await patch(path, { items, clientIds: [people[0]] })).toBe(400);
    expect(await patch(path, { items, otherSideIds: [people[1]] })).toBe(400);
    expect(await patch(path, { items: { ...items, Car: [{ description: 'Old' }] } })).toBe(202);
    expect(await patch(path, { items: { Car: [{ description: 'New' }, { description: 'Second' }] } })).toBe(202);
    const now = (await read(path))['items'] as Record<string, Json[]>;
    expect([now['Property']?.length, now['Car']?.length]).toEqual([1, 2]);
    const leadPath = await create({ matterTypeId: lead, isLead: true });
    const conversion = { isLead: false, matterTypeId: divorce, clientRole: 'Petitioner' };
    expect(await patch(leadPath, { ...conversion, items })).toBe(400);
  });

  it('9.28 PATCH takes clientRole only with a type, and never an otherSideRole', async () => {
    const path = await create();
    expect(await patch(path, { clientRole: 'Respondent' })).toBe(400);
    expect(await patch(path, { clientRole: 'Respondent', matterTypeId: divorce })).toBe(202);
    expect(await patch(path, { otherSideRole: 'Petitioner' })).toBe(202);
    const roles = (await sim.api('GET', `${path}/roles`)).body['roles'] as Json[];
    expect(roles.map((role) => role['name'])).toEqual(['Respondent']);
  });

  it('9.28 a lead converts with a matter type and a role, and gets its number then', async () => {
    const path = await create({ matterTypeId: lead, isLead: true });
    for (const incomplete of [{}, { matterTypeId: divorce }, { clientRole: 'Petitioner' }]) {
      await patch(path, { isLead: false, ...incomplete });
      expect(await read(path)).toMatchObject({ isLead: true, matterTypeId: lead });
    }
    await patch(path, { isLead: false, matterTypeId: divorce, clientRole: 'Petitioner' });
    const converted = await read(path);
    expect([converted['isLead'], converted['matterTypeId'], typeof converted['number']]).toEqual([
      false,
      divorce,
      'string',
    ]);
  });

  it('9.28 a matter never becomes a lead', async () => {
    const path = await create();
    await patch(path, { isLead: true });
    await patch(path, { isLead: true, matterTypeId: lead, clientRole: 'Petitioner' });
    await sim.api('PUT', path, { body: body({ isLead: true, matterTypeId: lead }) });
    expect(await read(path)).toMatchObject({ isLead: false, matterTypeId: divorce });
  });

  it.each([
    [true, false],
    [false, true],
  ])('9.28 whether an absent isLead means false is a switch (%s)', async (meansFalse, isLead) => {
    const path = await create({ matterTypeId: lead, isLead: true });
    await sim.switches({ omitted_is_lead_means_false: meansFalse });
    await patch(path, { matterTypeId: divorce, clientRole: 'Petitioner' });
    await sim.switches({ omitted_is_lead_means_false: false });
    expect((await read(path))['isLead']).toBe(isLead);
  });

  it('a matter number is not an id', async () => {
    expect((await sim.api('GET', '/matters/HP-2026-0001')).status).toBe(404);
    expect((await sim.api('PATCH', `/matters/${UNKNOWN}`, { body: {} })).status).toBe(404);
  });

  it('memos come back as RTF, tasks never show their staffId and PUT replaces all of them', async () => {
    const path = await create();
    const memo = await sim.api('POST', `${path}/memos`, { body: { title: 'T', text: 'Zoë said {yes}' } });
    expect(await read(`${path}/memos/${String(memo.body['id'])}`)).toMatchObject({
      plainText: 'Zoë said {yes}',
      text: expect.stringMatching(/^\{\\rtf1/) as string,
    });
    const task = { staffId: staff[0], subject: 'S', note: 'N', matterId: path.slice(9) };
    const made = `/tasks/${String((await sim.api('POST', '/tasks', { body: task })).body['id'])}`;
    expect(await read(made)).toMatchObject({ subject: 'S', note: 'N', matter: { id: path.slice(9) } });
    expect(await read(made)).not.toHaveProperty('staffId');
    await sim.api('PUT', made, { body: { staffId: staff[0] } });
    const replaced = await read(made);
    expect(['note', 'matter'].filter((name) => name in replaced)).toEqual([]);
    expect((await sim.api('POST', '/tasks', { body: { staffId: staff[0], matterId: '' } })).status).toBe(400);
  });
});
