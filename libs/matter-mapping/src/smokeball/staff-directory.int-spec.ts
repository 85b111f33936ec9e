import { SmokeballAccess } from '@matterline/auth';
import { Database } from '@matterline/platform';
import { MatterRoom } from '../testing/matter-room';
import { StaffDirectory } from './staff-directory';

const MINUTE_MS = 60_000;
const TOM = { id: 's-1', email: 'tom@law.example', enabled: true, former: false };

describe('the firm’s staff', () => {
  let room: MatterRoom;

  beforeAll(async () => {
    room = await MatterRoom.open();
  });
  beforeEach(async () => {
    await room.newFirm();
    room.smokeball.staff = [TOM];
  });
  afterAll(() => room.close());

  const asking = async () => {
    const smokeball = await room.one.get(SmokeballAccess).forConnection(room.firmId);
    if (!smokeball) throw new Error('not configured');
    const call = { lane: 'automatic', firmId: room.firmId } as const;
    return (email = TOM.email) =>
      room.one.get(StaffDirectory).choose(smokeball, [{ email, role: 'responsible' }], {}, call);
  };
  const ask = async (email?: string) => await (await asking())(email);
  const reads = () => room.smokeball.calls().filter((call) => call.startsWith('GET /staff')).length;

  it('is read once, whoever asks, and again after an hour', async () => {
    await ask();
    await ask();
    expect(reads()).toBe(1);
    room.one.clock.advance(59 * MINUTE_MS);
    await ask();
    expect(reads()).toBe(1);
    room.one.clock.advance(MINUTE_MS);
    await ask();
    expect(reads()).toBe(2);
  });

  it('is read once by all who ask at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => ask()));
    expect(reads()).toBe(1);
  });

  it('is not read again by one who looked before it was kept and asks after', async () => {
    const choose = await asking();
    const database = room.one.get(Database);
    const look = database.forFirm.bind(database);
    let first: Promise<unknown> = Promise.resolve();
    const slow = jest.spyOn(database, 'forFirm').mockImplementationOnce(async (...args) => {
      const seen = await look(...args);
      await first;
      return seen;
    });
    const second = choose();
    first = choose();
    await second;
    slow.mockRestore();
    expect(reads()).toBe(1);
  });

  it('is not read for a matter without attorneys', async () => {
    await room.put();
    await room.work();
    expect(reads()).toBe(0);
  });

  it('is read anew when an event says so', async () => {
    await ask();
    room.smokeball.staff = [{ ...TOM, id: 's-9' }];
    await room.event('staff.updated', { id: 's-1' });
    expect(await ask()).toMatchObject({ ok: true, data: { staff: { responsible: 's-9' } } });
  });

  it('is read anew for somebody unknown, but not more often than every ten minutes', async () => {
    await ask();
    await ask('new@law.example');
    expect(reads()).toBe(1);
    room.one.clock.advance(10 * MINUTE_MS);
    room.smokeball.staff = [TOM, { ...TOM, id: 's-2', email: 'new@law.example' }];
    expect(await ask('new@law.example')).toMatchObject({ data: { staff: { responsible: 's-2' } } });
    expect(reads()).toBe(2);
    await ask('nobody@law.example');
    expect(reads()).toBe(2);
  });

  it('of another account is another list', async () => {
    await ask();
    await room.one.database.query(`update connections set account_id = 'acc-2' where firm_id = $1`, [room.firmId]);
    await ask();
    expect(reads()).toBe(2);
  });

  it('that cannot be read says so, and what was read before is not thrown away', async () => {
    room.smokeball.refuse('GET', /^\/staff/, 403);
    expect(await ask()).toMatchObject({ ok: false, failure: { kind: 'forbidden' } });
    expect(await ask()).toMatchObject({ ok: true });
  });
});
