import { randomUUID } from 'node:crypto';
import { ticksFromDate } from '@matterline/smokeball-client';
import { runEvents, storeEvent, type Told, toldTo } from '../../../../config/testing/smokeball-events';
import { MatterRoom } from '../testing/matter-room';

jest.setTimeout(120_000);

const STAFF = [
  { id: 'staff-1', email: 'Lead@firm.test', enabled: true, former: false },
  { id: 'staff-2', email: 'second@firm.test', enabled: true, former: false },
];
const TYPES = ['matter.created', 'matter.updated', 'matter.converted', 'matter.closed', 'matter.statusUpdated', 'roles.updated']; // prettier-ignore
const tag = (name: string) => ({ id: `tag-${name}`, name, type: 'Custom' });

let room: MatterRoom;

beforeAll(async () => {
  room = await MatterRoom.open();
});
afterAll(() => room.close());

const told = async (): Promise<Told[]> =>
  (await toldTo(room.one, room.firmId)).filter(({ type }) => type !== 'matter.linked');
const reads = () => room.smokeball.calls('GET').filter((call) => call.startsWith('GET /matters/')).length;
const writes = () => room.smokeball.seen.filter(({ method }) => method !== 'GET').length;
const idOf = () => String(room.smokeball.one()['id']);
const event = (type = 'matter.updated', requestId: string | null = null, payload = {}) =>
  storeEvent(room.one, room.firmId, { type, id: idOf(), requestId, payload });
const run = () => runEvents(room.one, room.firmId);
/** A Smokeball user changes the matter; its event has not come yet. */
const change = (fields: object) => Object.assign(room.smokeball.one(), fields, { versionId: room.smokeball.version() });

/** A linked matter that everybody knows. */
async function linked(settings = {}) {
  await room.newFirm(settings);
  room.smokeball.staff = STAFF;
  await room.put();
  await room.work();
  room.smokeball.one()['number'] = 'IL-1';
  change({});
  await event();
  await run();
  await room.one.database.query('delete from deliveries');
  await room.one.database.query('delete from events_out where firm_id = $1', [room.firmId]);
  room.smokeball.seen.length = 0;
}

describe('a linked matter that people changed in Smokeball', () => {
  beforeAll(() => linked());

  it.each<[string, object, object]>([
    ['its number', { number: 'IL-2' }, { changed: ['number'] }],
    ['its description', { description: 'Rivera and Stone' }, { changed: ['description'] }],
    ['its clients', { clients: [{ id: 'contact-cli_1' }, { id: 'c-2' }] }, { changed: ['clients'] }],
    ['its other sides', { otherSides: [{ id: 'c-3' }] }, { changed: ['other_sides'] }],
    ['its type', { matterType: { id: 'type-3_IL' } }, { changed: ['matter_type'] }],
    ['the day it was opened', { openedDate: '2024-02-03T00:00:00Z' }, { changed: ['dates'] }],
    ['its tags', { tags: [tag('VIP')] }, { changed: ['tags'], tags: ['VIP'] }],
    [
      'its attorneys',
      { personResponsible: { id: 'staff-1' }, personAssistingStaffs: [{ id: 'STAFF-2' }] },
      {
        changed: ['attorneys'],
        attorneys: [
          { email: 'Lead@firm.test', role: 'responsible' },
          { email: 'second@firm.test', role: 'assisting' },
        ],
      },
    ],
    ['several things', { description: 'D', tags: [] }, { changed: ['description', 'tags'], tags: [] }],
  ])('%s', async (_what, fields, data) => {
    const before = (await told()).length;
    change(fields);
    await event();
    await event('roles.updated');
    await run();
    const news = (await told()).slice(before);
    expect(news).toMatchObject([{ type: 'matter.updated', data: { matter_id: 'mat_1', smokeball_matter_id: idOf() } }]);
    const { matter_id: _m, smokeball_matter_id: _s, occurred_at: _o, ...rest } = news[0]?.data ?? {};
    expect(rest).toEqual(data);
  });

  it('its status, with the day of closing, is an event of its own', async () => {
    const before = (await told()).length;
    change({ status: 'Closed', closedDate: '2026-01-02T00:00:00Z' });
    await event('matter.closed');
    await event('matter.statusUpdated');
    await run();
    expect((await told()).slice(before)).toMatchObject([
      { type: 'matter.status_changed', data: { status: 'Closed', previous_status: 'Open' } },
    ]);
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['what nobody is told of', { branchProviderId: 'b', leadClosedReason: 'x' }],
    ['spaces', { description: ' D ' }],
  ])('is not told when %s changed', async (_what, fields) => {
    const before = (await told()).length;
    change(fields);
    await event();
    await run();
    expect((await told()).slice(before)).toEqual([]);
  });
});

describe('versions out of order', () => {
  const states = [1, 2, 3, 4].map((at) => ({
    versionId: String(638_950_000_000_000_000n + BigInt(at)),
    tags: [tag(`state-${at}`)],
    status: at % 2 === 0 ? 'Pending' : 'Open',
    number: `N-${at}`,
  }));

  it.each(orders([0, 1, 2, 3]))(
    'in the order %j end in the newest, and CaseHug never hears of going back',
    async (...order) => {
      await linked();
      for (const at of order) {
        Object.assign(room.smokeball.one(), states[at]);
        await event();
        await run();
      }
      const news = await told();
      const heard = news
        .flatMap(({ data }) => (data['tags'] as string[] | undefined) ?? [])
        .map((name) => Number(name.slice(6)));
      expect(heard).toEqual([...new Set(heard)].sort());
      expect(heard.at(-1)).toBe(4);
      expect(await room.link()).toMatchObject({ smokeball_version: states[3]?.versionId, smokeball_status: 'Pending' });
      const statuses = news.filter(({ type }) => type === 'matter.status_changed').map(({ data }) => data['status']);
      expect(statuses.every((status, at) => status !== statuses[at - 1])).toBe(true);
      expect(statuses.at(-1)).toBe('Pending');
    },
  );

  it('an equal version is taken', async () => {
    await linked();
    Object.assign(room.smokeball.one(), { tags: [tag('VIP')] });
    await event();
    await run();
    expect(await told()).toMatchObject([{ data: { changed: ['tags'], tags: ['VIP'] } }]);
  });
});

describe('a body that lies', () => {
  const lies = { status: 'Deleted', number: 'X', isLead: true, clients: [], tags: [tag('X')], versionId: '999999999999999999' }; // prettier-ignore
  beforeAll(() => linked());

  it.each([
    ...TYPES,
    'staff.updated',
    'firmuser.updated',
    'mattertype.updated',
    'memo.created',
    'task.deleted',
    'files.updated',
  ])('in a signed %s changes nothing', async (type) => {
    const before = await room.link();
    await event(type, null, lies);
    await run();
    expect(await told()).toEqual([]);
    expect({ ...(await room.link()), updated_at: null }).toMatchObject({
      state: 'confirmed',
      smokeball_status: before['smokeball_status'],
      smokeball_version: before['smokeball_version'],
    });
    expect(writes()).toBe(0);
  });
});

describe('our own writes', () => {
  const edit = async (put: object) => {
    await room.put(put);
    await room.work();
    return (await room.newest()).id;
  };

  it('are not told, whether their events carry our request id or not', async () => {
    await linked({ close_on_archive: true });
    const id = await edit({ title: 'Rivera v. Stone', status: 'archived', tags: ['Urgent'] });
    expect(writes()).toBeGreaterThan(0);
    await event('matter.updated', id);
    await event('matter.closed', randomUUID());
    await run();
    expect(await told()).toEqual([]);
    expect(await room.link()).toMatchObject({ smokeball_status: 'Closed' });
  });

  it('are not pushed back, and cost no reading when all events are ours', async () => {
    await linked();
    const id = await edit({ title: 'Rivera v. Stone' });
    const [readBefore, wroteBefore] = [reads(), writes()];
    for (const type of TYPES) await event(type, id);
    await run();
    expect([reads(), writes()]).toEqual([readBefore, wroteBefore]);
  });

  it('hide no change of a person that came in between', async () => {
    await linked();
    const id = await edit({ title: 'Rivera v. Stone' });
    change({ number: 'IL-9', tags: [tag('VIP')] });
    await event('matter.updated', id);
    await event('matter.updated', randomUUID());
    await run();
    expect(await told()).toMatchObject([{ data: { changed: ['number', 'tags'], tags: ['VIP'] } }]);
  });

  it('hide no later change of a person to what we had written before', async () => {
    await linked();
    await edit({ title: 'First' });
    const ours = room.smokeball.one()['description'];
    for (const description of ['By hand', ours]) {
      change({ description });
      await event();
      await run();
    }
    expect((await told()).map(({ data }) => data['changed'])).toEqual([['description'], ['description']]);
  });
});

describe('a CaseHug that sends every change back', () => {
  it.each<[string, object, (data: Told['data']) => object]>([
    ['tags', { tags: [tag('VIP')] }, (data) => ({ tags: data['tags'] ?? [] })],
    ['description', { description: 'By hand' }, () => ({ title: 'By hand', description: null })],
    ['number', { number: 'IL-77' }, () => ({ case_number: 'IL-77' })],
    ['status', { status: 'Closed' }, () => ({ status: 'archived' })],
  ])('makes no loop of %s in 50 rounds', async (_what, fields, answer) => {
    await linked({ close_on_archive: true, send_number: true });
    change(fields);
    for (const held of (fields['tags' as never] as object[] | undefined) ?? [])
      room.smokeball.tags.set(idOf(), [held as never]);
    await event();
    let answered = 0;
    for (let round = 0; round < 50; round += 1) {
      const wrote = writes();
      await run();
      const news = (await told()).slice(answered);
      answered += news.length;
      for (const { data } of news) await room.put(answer(data));
      await room.work();
      // Every write comes back twice: once as ours, once as if it were anybody's.
      if (writes() > wrote) {
        await event('matter.updated', (await room.newest()).id);
        await event('matter.updated', randomUUID());
      }
    }
    expect(answered).toBe(1);
    expect(room.smokeball.calls().length).toBeLessThanOrEqual(6);
    expect(writes()).toBe(0);
  });
});

describe('matters that are not linked', () => {
  const stranger = async (fields: object = {}, type = 'matter.created', requestId: string | null = null) => {
    await room.newFirm();
    const id = randomUUID();
    const versionId = String(ticksFromDate(room.one.clock.now()));
    room.smokeball.matters.set(id, { id, versionId, status: 'Open', number: 'S-1', tags: [tag('New')], ...fields });
    for (const _twice of [1, 2]) {
      await storeEvent(room.one, room.firmId, { type, id, requestId });
      await run();
    }
    return id;
  };

  it('are told once when they are new', async () => {
    const id = await stranger({ personResponsible: { id: 'staff-1' } });
    expect(await told()).toEqual([
      {
        ...((await told())[0] as Told),
        type: 'matter.updated',
        data: {
          matter_id: null,
          smokeball_matter_id: id,
          changed: ['created'],
          tags: ['New'],
          attorneys: [],
          occurred_at: expect.any(String) as string,
        },
      },
    ]);
  });

  it.each<[string, object, string]>([
    ['only changed', {}, 'matter.updated'],
    ['deleted already', { status: 'Deleted' }, 'matter.created'],
    [
      'called new, and nobody has touched them since long before we came',
      { versionId: '600000000000000000' },
      'matter.created',
    ],
  ])('are not told when they are %s', async (_what, fields, type) => {
    await stranger(fields, type);
    expect(await told()).toEqual([]);
  });
});

function orders(of: readonly number[]): number[][] {
  if (of.length <= 1) return [[...of]];
  return of.flatMap((first) => orders(of.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}
