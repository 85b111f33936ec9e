import { MatterRoom } from '../testing/matter-room';

const STAFF = ['tom', 'anna', 'priya', 'lee'].map((name) => ({
  id: `s-${name}`,
  email: `${name}@law.example`,
  enabled: true,
  former: false,
}));
const as = (role: string, ...names: string[]) =>
  names.map((name) => ({ email: `${name}@law.example`, role })) as never[];
const START = {
  case_number: 'C-1',
  opened_on: '2026-03-01',
  attorneys: [...as('responsible', 'tom'), ...as('assisting', 'anna'), ...as('originating', 'priya')],
};

describe('an edit of a linked matter', () => {
  let room: MatterRoom;

  beforeAll(async () => {
    room = await MatterRoom.open();
  });
  beforeEach(async () => {
    await room.newFirm();
    room.smokeball.staff = [...STAFF];
    await room.put(START);
    await room.work();
    room.smokeball.seen.length = 0;
  });
  afterAll(() => room.close());

  const edit = async (change: object) => {
    await room.put({ ...START, ...change }, { sync: false });
    await room.work();
  };
  /** A person changes it in Smokeball. */
  const theirs = (change: object) => Object.assign(room.smokeball.one(), change);

  it.each<[string, object, object]>([
    ['title', { title: 'Rivera v. Stone' }, { description: 'Rivera v. Stone' }],
    ['number', { case_number: 'C-2' }, { number: 'C-2' }],
    ['date', { opened_on: '2026-04-01' }, { openedDate: '2026-04-01T00:00:00Z' }],
    [
      'attorneys',
      { attorneys: [...as('responsible', 'lee'), ...as('assisting', 'anna', 'tom')] },
      {
        personResponsibleStaffId: 's-lee',
        personAssistingStaffId: 's-anna',
        personAssistingStaffIds: ['s-tom'],
        originatingStaffId: '',
        originatingStaffIds: [],
      },
    ],
    [
      'clients',
      {
        clients: [
          { id: 'cli_1', first_name: 'Anna', last_name: 'Rivera' },
          { id: 'cli_2', first_name: 'Ben', last_name: 'Rivera' },
        ],
      },
      { clientIds: ['contact-cli_1', 'contact-cli_2'] },
    ],
    [
      'other sides',
      { other_sides: [{ id: 'cli_9', first_name: 'Otto', last_name: 'Stone' }] },
      { otherSideIds: ['contact-cli_9'] },
    ],
  ])('follows with its %s and nothing else', async (_name, change, patch) => {
    await edit(change);
    expect(room.smokeball.bodies('PATCH')).toEqual([{ ...patch, isLead: false }]);
    expect((await room.newest()).state).toBe('succeeded');
  });

  it('leaves what Smokeball’s users changed in other fields', async () => {
    theirs({ description: 'Their words', personResponsible: { id: 's-x' }, status: 'Pending' });
    await edit({ case_number: 'C-2' });
    expect(room.smokeball.bodies('PATCH')).toEqual([{ number: 'C-2', isLead: false }]);
    expect(room.smokeball.one()).toMatchObject({ description: 'Their words', status: 'Pending' });
  });

  it('takes away only an attorney who is ours', async () => {
    theirs({ personResponsible: { id: 's-x' } });
    await edit({ attorneys: [] });
    expect(room.smokeball.bodies('PATCH')).toEqual([
      {
        personAssistingStaffId: '',
        personAssistingStaffIds: [],
        originatingStaffId: '',
        originatingStaffIds: [],
        isLead: false,
      },
    ]);
  });

  it('leaves an attorney who has left meanwhile, and says so', async () => {
    room.smokeball.staff = STAFF.map((one) => (one.id === 's-tom' ? { ...one, former: true } : one));
    await room.event('staff.updated', { id: 's-tom' });
    await edit({ title: 'New' });
    expect(room.smokeball.bodies('PATCH')).toEqual([{ description: 'New', isLead: false }]);
    expect(await room.notices()).toMatchObject([{ code: 'attorney_inactive' }]);
  });

  it('says what Smokeball would not let go of', async () => {
    room.smokeball.keepsCleared = true;
    await edit({ opened_on: null });
    expect((await room.newest()).state).toBe('succeeded');
    expect(await room.notices()).toMatchObject([{ code: 'not_cleared' }]);
  });

  it('leaves originators alone whose shares are fixed in Smokeball', async () => {
    theirs({ splitOriginatingStaffSettings: { isEnabled: true } });
    await edit({ attorneys: as('originating', 'lee') });
    expect(room.smokeball.bodies('PATCH')).toEqual([
      { personResponsibleStaffId: '', personAssistingStaffId: '', personAssistingStaffIds: [], isLead: false },
    ]);
    expect(await room.notices()).toMatchObject([{ code: 'originating_locked' }]);
  });

  it('that changes the case type or the place leaves the type, and says so until it is as it was', async () => {
    await edit({ case_type: 'Adoption' });
    expect(room.smokeball.bodies('PATCH')).toEqual([]);
    expect(await room.notices()).toMatchObject([{ code: 'type_stays' }]);
    await edit({ case_type: 'Adoption', title: 'New' });
    expect(await room.notices()).toMatchObject([{ code: 'type_stays' }]);
    await edit({ title: 'Newer' });
    expect(await room.notices()).toEqual([]);
  });

  it('that writes the case type and the place in another way is no change', async () => {
    await edit({ title: 'New', state: 'illinois' });
    expect(await room.notices()).toEqual([]);
  });

  it('that names somebody on both sides enters them as client only, and says so', async () => {
    await edit({ other_sides: [{ id: 'cli_1', first_name: 'Anna', last_name: 'Rivera' }] });
    expect(room.smokeball.bodies('PATCH')).toEqual([]);
    expect(await room.notices()).toMatchObject([{ code: 'on_both_sides' }]);
  });

  it('that takes all clients away leaves those that stand there, and the rest follows', async () => {
    await edit({ clients: [], title: 'New' });
    expect(room.smokeball.bodies('PATCH')).toEqual([{ description: 'New', isLead: false }]);
    expect(await room.notices()).toMatchObject([{ code: 'clients_kept' }]);
  });

  it('that moves the last client to the other side leaves them client, and says so', async () => {
    await edit({ clients: [], other_sides: [{ id: 'cli_1', first_name: 'Anna', last_name: 'Rivera' }] });
    expect(room.smokeball.bodies('PATCH')).toEqual([]);
    expect(await room.notices()).toMatchObject([{ code: 'clients_kept' }, { code: 'on_both_sides' }]);
  });

  it('that takes all clients away and names another one later leaves only that one', async () => {
    await edit({ clients: [] });
    await edit({ clients: [{ id: 'cli_9', first_name: 'Nina', last_name: 'Okafor' }] });
    expect(room.smokeball.bodies('PATCH').at(-1)).toMatchObject({ clientIds: ['contact-cli_9'] });
    expect(await room.notices()).toEqual([]);
  });

  it('that is taken back while the first is under way takes it back in Smokeball too', async () => {
    await room.put({ ...START, title: 'First' }, { sync: false });
    await room.work(1);
    expect((await room.newest()).state).toBe('accepted');
    await room.put({ ...START }, { sync: false });
    await room.work();
    expect(room.smokeball.one()).toMatchObject({ description: 'Rivera' });
  });

  it('whose answer was lost and which is taken back then does too', async () => {
    room.smokeball.loseAnswer('PATCH', /^\/matters\//);
    await room.put({ ...START, title: 'First' }, { sync: false });
    await room.work(1);
    expect(room.smokeball.one()).toMatchObject({ description: 'First' });
    await room.put({ ...START }, { sync: false });
    await room.work();
    expect(room.smokeball.one()).toMatchObject({ description: 'Rivera' });
  });

  describe('of its status', () => {
    it('closes it only when the firm wants that', async () => {
      await edit({ status: 'archived', title: 'Put away' });
      expect(room.smokeball.bodies('PATCH')).toEqual([{ description: 'Put away', isLead: false }]);
      await room.settings({ close_on_archive: true });
      await room.sync();
      await room.work();
      expect(room.smokeball.bodies('PATCH').slice(1)).toEqual([{ status: 'Closed', isLead: false }]);
    });

    it('does not open a closed one again, and says so', async () => {
      await room.settings({ close_on_archive: true });
      await edit({ status: 'archived' });
      await edit({ status: 'active' });
      expect(room.smokeball.one()).toMatchObject({ status: 'Closed' });
      expect(await room.notices()).toMatchObject([{ code: 'matter_stays_closed' }]);
    });

    it('leaves one alone that they opened again', async () => {
      await room.settings({ close_on_archive: true });
      await edit({ status: 'archived' });
      theirs({ status: 'Open' });
      await edit({ status: 'archived', title: 'New' });
      expect(room.smokeball.one()).toMatchObject({ status: 'Open', description: 'New' });
    });
  });

  it.each<[string, () => unknown, string, string]>([
    ['it was deleted there', () => theirs({ status: 'Deleted' }), 'link_broken', 'broken'],
    ['it is gone', () => room.smokeball.matters.clear(), 'link_broken', 'broken'],
    ['the user may not see it', () => room.smokeball.refuse('GET', /^\/matters\//, 403), 'not_permitted', 'confirmed'],
    [
      'the user may not change it',
      () => room.smokeball.refuse('PATCH', /^\/matters\//, 403),
      'not_permitted',
      'confirmed',
    ],
    [
      'its number is taken',
      () => room.smokeball.refuse('PATCH', /^\/matters\//, 400, 'Matter number is already in use'),
      'number_taken',
      'confirmed',
    ],
  ])('fails with its own code when %s', async (_name, happen, code, state) => {
    happen();
    await edit({ case_number: 'C-2' });
    expect(await room.newest()).toMatchObject({ state: 'failed', error_code: code });
    expect(await room.link()).toMatchObject({ state, error_code: code });
    expect(room.smokeball.matters.size).toBeLessThan(2);
  });

  it('that was refused later is sent again with the next edit', async () => {
    room.smokeball.losesWrites = true;
    await room.put({ ...START, case_number: 'C-2' }, { sync: false });
    await room.work(1);
    await room.refuseLater('Matter number C-2 is already in use.');
    expect(await room.link()).toMatchObject({ state: 'confirmed', error_code: 'number_taken' });
    room.smokeball.losesWrites = false;
    await edit({ case_number: 'C-3' });
    expect(room.smokeball.one()).toMatchObject({ number: 'C-3' });
    expect(await room.link()).toMatchObject({ error_code: null });
  });

  it('that comes back from the dead is joined again', async () => {
    const { id } = theirs({ status: 'Deleted' }) as { id: string };
    await room.event('matter.updated', { id });
    expect(await room.link()).toMatchObject({ state: 'broken', smokeball_status: 'Deleted' });
    theirs({ status: 'Open', versionId: '638000000000009999' });
    await room.event('matter.updated', { id });
    expect(await room.link()).toMatchObject({ state: 'confirmed', smokeball_status: 'Open', error_code: null });
    await edit({ title: 'New' });
    expect(room.smokeball.one()).toMatchObject({ description: 'New' });
  });

  describe('of a lead', () => {
    beforeEach(async () => {
      await room.newFirm({ lead: true });
      await room.put(START);
      await room.work();
      room.smokeball.seen.length = 0;
    });

    it('stays a lead', async () => {
      await edit({ title: 'New' });
      expect(room.smokeball.bodies('PATCH')).toEqual([{ description: 'New', isLead: true }]);
    });

    it('becomes a matter once the firm wants matters', async () => {
      await room.settings({});
      await room.sync();
      await room.work();
      expect(room.smokeball.bodies('PATCH')).toEqual([
        { matterTypeId: 'type-1_IL', clientRole: 'Petitioner', isLead: false, openedDate: '2026-03-01T00:00:00Z' },
      ]);
      expect(await room.link()).toMatchObject({
        state: 'confirmed',
        matter_type_id: 'type-1_IL',
        client_role: 'Petitioner',
      });
    });

    it('waits for a person where no type of matters is sure', async () => {
      await room.settings({});
      room.smokeball.types = [];
      await room.sync();
      await room.work(3);
      expect(await room.newest()).toMatchObject({ kind: 'matter.update', state: 'held', error_code: 'needs_mapping' });
      expect(room.smokeball.bodies('PATCH')).toEqual([]);
    });
  });

  it('of a matter never makes a lead of it', async () => {
    await room.settings({ lead: true });
    await edit({ title: 'New' });
    expect(room.smokeball.bodies('PATCH')).toEqual([{ description: 'New', isLead: false }]);
  });
});
