import { MatterRoom } from '../testing/matter-room';

describe('pushing a matter', () => {
  let room: MatterRoom;

  beforeAll(async () => {
    room = await MatterRoom.open();
  });
  beforeEach(() => room.newFirm());
  afterAll(() => room.close());

  it('creates it with the type’s own role, and knows it once it is seen there', async () => {
    await room.put({ case_number: 'C-1', opened_on: '2026-03-01' });
    await room.work();
    expect(await room.operations()).toEqual(['matter.push succeeded']);
    expect(room.smokeball.bodies('POST')).toEqual([
      {
        matterTypeId: 'type-1_IL',
        clientIds: ['contact-cli_1'],
        clientRole: 'Petitioner',
        status: 'Open',
        description: 'Rivera',
        number: 'C-1',
        openedDate: '2026-03-01T00:00:00Z',
        externalSystemId: 'mat_1',
      },
    ]);
    expect(await room.link()).toMatchObject({
      state: 'confirmed',
      matter_type_name: 'Divorce',
      client_role: 'Petitioner',
    });
  });

  it('asks for the types once for all matters of a place, and again a day later', async () => {
    await room.put();
    await room.work();
    await room.put({ title: 'x' });
    expect(room.smokeball.calls().filter((call) => call.includes('/mattertypes'))).toEqual([
      'GET /mattertypes?Offset=0&Limit=500&Location=IL&Type=0',
    ]);
  });

  it('of an archived one creates it open, and closes it behind when the firm wants that', async () => {
    await room.settings({ close_on_archive: true });
    await room.put({ status: 'archived' });
    await room.work();
    expect(await room.operations()).toEqual(['matter.push succeeded', 'matter.update succeeded']);
    expect(room.smokeball.bodies('PATCH')).toEqual([{ status: 'Closed', isLead: false }]);
  });

  it('of an archived one leaves it open when the firm does not want that', async () => {
    await room.put({ status: 'archived' });
    await room.work();
    expect(await room.operations()).toEqual(['matter.push succeeded']);
    expect(room.smokeball.one()).toMatchObject({ status: 'Open' });
  });

  it('as a lead takes the lead type of that name', async () => {
    await room.settings({ lead: true });
    await room.put({ opened_on: '2026-03-01' });
    await room.work();
    expect(room.smokeball.bodies('POST')).toMatchObject([
      { matterTypeId: 'type-4_IL', isLead: true, leadOpenedDate: '2026-03-01T00:00:00Z' },
    ]);
  });

  describe('creates nothing and waits for a person', () => {
    const map = (change: object) =>
      room.one.database.query(
        `insert into type_mappings (firm_id, case_type, state, matter_type_id, matter_type_name, category, location, client_role, updated_at)
         select $1, 'divorce standard', coalesce(m->>'state', ''), m->>'id', 'Divorce', 'Family Law', coalesce(m->>'location', 'IL'), m->>'role', now()
           from (select $2::jsonb as m) given`,
        [room.firmId, JSON.stringify(change)],
      );
    const table: readonly [string, () => Promise<unknown>, object, string][] = [
      ['a case type nobody knows', () => Promise.resolve(), { case_type: 'Space law' }, 'needs_mapping'],
      ['no case type at all', () => Promise.resolve(), { case_type: null }, 'needs_mapping'],
      [
        'no state, and the name is not the only one',
        () => Promise.resolve(),
        { state: null, case_type: 'Divorce x' },
        'needs_mapping',
      ],
      ['a mapping to a type that is gone', () => map({ id: 'type-99_IL' }), {}, 'type_deleted'],
      ['a mapping to a type that is deleted', () => map({ id: 'type-5_IL' }), {}, 'type_deleted'],
      [
        'a mapping to a role that the type does not offer',
        () => map({ id: 'type-1_IL', role: 'Buyer' }),
        {},
        'role_not_offered',
      ],
    ];
    it.each(table)('for %s', async (_name, prepare, change, code) => {
      await prepare();
      await room.put(change);
      await room.work(3);
      expect(await room.operations()).toEqual([`matter.push held ${code}`]);
      expect(await room.link()).toMatchObject({ state: 'needs_mapping', error_code: code });
      expect(room.smokeball.bodies('POST')).toEqual([]);
    });

    it.each([
      [
        'its own state first',
        [{ id: 'type-2_IL', state: 'IL', role: 'Respondent' }, { id: 'type-3_IL' }],
        'type-2_IL',
        'Respondent',
      ],
      ['else every state', [{ id: 'type-3_IL' }, { id: 'type-2_IL', state: 'CA' }], 'type-3_IL', 'Applicant'],
      ['the role as the type writes it', [{ id: 'TYPE-1_il', role: 'respondent' }], 'type-1_IL', 'Respondent'],
    ])('but with a mapping takes %s', async (_name, mappings, id, role) => {
      for (const mapping of mappings) await map(mapping);
      await room.put();
      await room.work();
      expect(room.smokeball.bodies('POST')).toMatchObject([{ matterTypeId: id, clientRole: role }]);
    });

    it('and goes on by itself when CaseHug names a case type that is sure', async () => {
      await room.put({ case_type: 'Space law' });
      await room.work(3);
      await room.put({ case_type: 'Adoption' }, { sync: false });
      await room.work();
      expect(room.smokeball.bodies('POST')).toMatchObject([{ matterTypeId: 'type-2_IL' }]);
    });
  });

  it('without its client waits, and goes on by itself when one comes', async () => {
    await room.put({ clients: [] });
    expect(await room.link()).toMatchObject({ state: 'waiting_for_client' });
    await room.put({}, { sync: false });
    await room.work();
    expect(await room.link()).toMatchObject({ state: 'confirmed' });
  });

  it.each<[string, string, string, string]>([
    ['its number is taken', 'Matter number C-1 is already in use.', 'number_taken', 'failed'],
    ['the type is gone', 'Matter type type-1_IL was not found.', 'type_deleted', 'needs_mapping'],
    [
      'the role is refused',
      'Role Petitioner is not valid for matter type Divorce.',
      'role_not_offered',
      'needs_mapping',
    ],
    ['something else is wrong', 'Contact x does not belong to account y.', 'refused_later', 'failed'],
  ])(
    'that Smokeball took and refuses later since %s says so, and is created once when mended',
    async (_name, words, code, state) => {
      room.smokeball.losesWrites = true;
      await room.put({ case_number: 'C-1' });
      await room.work(1);
      expect(await room.operations()).toEqual(['matter.push accepted']);
      await room.refuseLater(words);
      expect((await room.rows())[0]).toMatchObject({ error_code: code, progress: {} });
      expect(await room.link()).toMatchObject({ state, error_code: code, smokeball_matter_id: null, sent_enc: null });
      room.smokeball.losesWrites = false;
      await room.put({ case_number: 'C-2' }, { sync: false });
      await room.work();
      expect(room.smokeball.one()).toMatchObject({ number: 'C-2' });
    },
  );

  it.each<[string, number, string, string]>([
    ['the number', 400, 'Matter number C-1 is already in use.', 'number_taken'],
    ['its length', 400, 'description exceeds the maximum length', 'text_too_long'],
    ['anything else', 400, 'no', 'rejected'],
    ['the connected user', 403, 'no access', 'not_permitted'],
  ])('that Smokeball refuses at once for %s fails with its own code', async (_name, status, detail, code) => {
    room.smokeball.refuse('POST', /^\/matters$/, status, detail);
    await room.put({ case_number: 'C-1' });
    await room.work(3);
    expect(await room.operations()).toEqual([`matter.push failed ${code}`]);
    await room.put({ case_number: 'C-2' }, { sync: false });
    await room.work();
    expect(room.smokeball.matters.size).toBe(1);
  });

  it('whose answer was lost is found again and not made twice', async () => {
    room.smokeball.loseAnswer('POST', /^\/matters$/);
    await room.put();
    await room.work();
    expect(await room.operations()).toEqual(['matter.push succeeded']);
    expect(room.smokeball.bodies('POST')).toHaveLength(1);
  });

  describe('its attorneys', () => {
    const as = (role: string, ...emails: string[]) => emails.map((email) => ({ email, role })) as never[];
    const staff = (change: object = {}) => ({
      id: 's-1',
      email: 'tom@law.example',
      enabled: true,
      former: false,
      ...change,
    });

    it('are entered by e-mail', async () => {
      room.smokeball.staff = [staff(), staff({ id: 's-2', email: 'anna@law.example' })];
      await room.put({ attorneys: [...as('responsible', 'Tom@law.example'), ...as('assisting', 'anna@law.example')] });
      await room.work();
      expect(room.smokeball.bodies('POST')).toMatchObject([
        { personResponsibleStaffId: 's-1', personAssistingStaffId: 's-2' },
      ]);
      expect(await room.notices()).toEqual([]);
    });

    it.each<[string, object[], string]>([
      ['who is unknown', [], 'attorney_unknown'],
      ['who has left', [staff({ former: true })], 'attorney_inactive'],
      ['who is disabled', [staff({ enabled: false })], 'attorney_inactive'],
    ])('one %s blocks nothing and is told of', async (_name, members, code) => {
      room.smokeball.staff = members as never;
      await room.put({ attorneys: as('responsible', 'tom@law.example') });
      await room.work();
      expect(await room.operations()).toEqual(['matter.push succeeded']);
      expect(JSON.stringify(room.smokeball.bodies('POST'))).not.toContain('s-1');
      expect(await room.notices()).toMatchObject([
        { code, message: expect.stringContaining('tom@law.example') as string },
      ]);
      const answer = await room.api('GET', `/api/v1/integrations/smokeball/sync/${(await room.newest()).id}`, {
        'x-api-key': room.apiKey,
      });
      expect(answer.body).toMatchObject({ data: { state: 'succeeded', error: null, notices: [{ code }] } });
    });

    it('are entered by themselves once the firm’s staff has them', async () => {
      await room.put({ attorneys: as('responsible', 'tom@law.example') });
      await room.work();
      room.smokeball.staff = [staff()];
      expect(await room.event('staff.created', { id: 's-1' })).toContain('1 matters');
      await room.work();
      expect(room.smokeball.bodies('PATCH')).toEqual([{ personResponsibleStaffId: 's-1', isLead: false }]);
      expect(await room.link()).toMatchObject({ lacks_attorney: false });
    });

    it('their addresses are stored sealed', async () => {
      await room.put({ attorneys: as('responsible', 'canary@law.example') });
      room.smokeball.staff = [staff({ email: 'canary@law.example' })];
      await room.work();
      const rows = await room.one.database.query<{ text: string }>(
        `select l::text as text from matter_links l union all select o::text from operations o union all select s::text from staff_lists s union all select c::text from case_types_seen c`,
      );
      expect(rows.length).toBeGreaterThan(3);
      for (const word of ['canary', 'Divorce (Standard)'])
        for (const { text } of rows)
          for (const form of [word, Buffer.from(word).toString('hex')]) expect(text).not.toContain(form);
    });
  });
});
