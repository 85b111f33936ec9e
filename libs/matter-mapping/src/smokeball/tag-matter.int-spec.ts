import { MatterRoom } from '../testing/matter-room';

describe('the tags of a matter', () => {
  let room: MatterRoom;

  beforeAll(async () => {
    room = await MatterRoom.open();
  });
  beforeEach(() => room.newFirm());
  afterAll(() => room.close());

  const edit = async (tags: string[]) => {
    await room.put({ tags }, { sync: false });
    await room.work();
  };
  const id = () => String(room.smokeball.one()['id']);
  const names = () => (room.smokeball.tags.get(id()) ?? []).map((tag) => String(tag['name']));
  const tagCalls = () =>
    room.smokeball
      .calls()
      .filter((call) => call.includes('/tags'))
      .map((call) => call.split(' ')[0]);
  /** A person sets it in Smokeball. */
  const theirs = (...tags: { name: string; type?: string }[]) => {
    const held = room.smokeball.tags.get(id()) ?? [];
    room.smokeball.tags.set(id(), [
      ...held,
      ...tags.map((tag) => ({ type: 'Custom', ...tag, id: room.smokeball.uuid() })),
    ]);
  };

  it('go out in one call, after the matter is seen there', async () => {
    await room.put({ tags: ['VIP', 'vip ', 'Spanish'] });
    await room.work();
    expect(await room.operations()).toEqual(['matter.push succeeded', 'matter.tags succeeded']);
    expect([tagCalls(), names()]).toEqual([['POST'], ['VIP', 'Spanish']]);
  });

  it('need nothing when there are none', async () => {
    await room.put();
    await room.work();
    expect(tagCalls()).toEqual([]);
  });

  it('need nothing when only their writing changed', async () => {
    await room.put({ tags: ['VIP'] });
    await room.work();
    room.smokeball.seen.length = 0;
    await edit(['vip']);
    expect(tagCalls()).toEqual([]);
  });

  it('go when CaseHug takes them off, and others stay', async () => {
    await room.put({ tags: ['VIP', 'Spanish'] });
    await room.work();
    theirs({ name: 'Theirs' }, { name: 'Tom Jones', type: 'Staff' });
    await edit(['Spanish', 'New']);
    expect(names().sort()).toEqual(['New', 'Spanish', 'Theirs', 'Tom Jones']);
    expect(await room.newest()).toMatchObject({ kind: 'matter.tags', state: 'succeeded' });
  });

  it('of Smokeball’s users that CaseHug wished too stay when CaseHug wishes them no more', async () => {
    await room.put({ tags: ['A'] });
    await room.work();
    theirs({ name: 'Shared' });
    await edit(['A', 'shared']);
    await edit([]);
    expect(names()).toEqual(['Shared']);
  });

  it('of ours that they took off stay off', async () => {
    await room.put({ tags: ['A', 'B'] });
    await room.work();
    room.smokeball.tags.set(
      id(),
      (room.smokeball.tags.get(id()) ?? []).filter((tag) => tag['name'] !== 'A'),
    );
    await edit(['A', 'B', 'C']);
    expect(names()).toEqual(['B', 'C']);
  });

  it('whose answer was lost are set once, and are ours', async () => {
    room.smokeball.loseAnswer('POST', /\/tags$/);
    await room.put({ tags: ['A'] });
    await room.work();
    expect(names()).toEqual(['A']);
    await edit([]);
    expect(names()).toEqual([]);
  });

  it('that are edited while a removal is under way end as CaseHug last said', async () => {
    await room.put({ tags: ['A', 'B'] });
    await room.work();
    await room.put({ tags: ['B'] }, { sync: false });
    await room.work(1);
    expect((await room.newest()).state).toBe('accepted');
    await edit(['C']);
    expect(names()).toEqual(['C']);
    expect((await room.operations()).filter((text) => !text.endsWith('succeeded'))).toEqual([]);
  });

  it('of a matter that is gone there break its link', async () => {
    await room.put({ tags: ['A'] });
    await room.work();
    room.smokeball.matters.clear();
    await edit(['A', 'B']);
    expect(await room.newest()).toMatchObject({ state: 'failed', error_code: 'link_broken' });
    expect(await room.link()).toMatchObject({ state: 'broken' });
  });
});
