import { randomUUID } from 'node:crypto';
import { ticksFromDate } from '@matterline/smokeball-client';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { runEvents, storeEvent, toldTo } from '../../../config/testing/smokeball-events';
import { type FakeServer, json, startFakeServer } from '../../../config/testing/stand-in';

jest.setTimeout(60_000);

const MATTER = '00000000-0000-4000-8000-00000000000a';

describe('files that people changed in Smokeball', () => {
  let smokeball: FakeServer;
  let one: AppUnderTest;
  let firmId: string;
  /** In the order of their changes; a cursor is a place in it. */
  let files: Record<string, unknown>[];
  let calls: string[];

  beforeAll(async () => {
    smokeball = await startFakeServer();
    one = await startApp({ smokeballUrl: smokeball.url });
    smokeball.answer((request, response, incoming) => {
      const url = new URL(request.url, smokeball.url);
      const cursor = url.searchParams.get('Cursor');
      calls.push(cursor ?? 'all');
      const value = cursor === null ? files : files.slice(Number(cursor));
      const answer =
        cursor === 'odd' ? json(400, { title: 'The cursor is not valid.' }) : json(200, { value, limit: 500 });
      answer(request, response, incoming);
    });
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    await one.connect(firmId);
    files = [];
    calls = [];
  });
  afterAll(async () => {
    await one.close();
    await smokeball.close();
  });

  const file = (id: string, change: object = {}) => {
    const versionId = randomUUID();
    files.push({
      id,
      name: id,
      fileExtension: '.pdf',
      versionId,
      isUploaded: true,
      dateModified: '2020-01-01',
      ...change,
    });
    return versionId;
  };
  const event = (cursor: string | null, requestId: string | null = null) =>
    storeEvent(one, firmId, {
      type: 'files.updated',
      id: MATTER,
      requestId,
      payload: cursor === null ? {} : { cursor },
      timestamp: ticksFromDate(one.clock.now()) + BigInt(Number(cursor) || 0),
    });
  const link = () =>
    one.database.query(`update matter_links set state = 'confirmed', smokeball_matter_id = $2 where firm_id = $1`, [
      firmId,
      MATTER,
    ]);
  const told = async () =>
    (await toldTo(one, firmId)).map(({ type, data }) => ({
      type,
      matter: data['matter_id'],
      files: (data['files'] as { file_id: string }[]).map((held) => held.file_id),
    }));

  it.each([true, false])('are told once, with their matter when it is linked: %s', async (isLinked) => {
    await one.put(firmId, 'mat_1');
    if (isLinked) await link();
    file('f-1');
    file('f-2');
    for (const cursor of ['0', '1', '0']) await event(cursor);
    await runEvents(one, firmId);
    await event('1');
    await runEvents(one, firmId);
    const matter = isLinked ? 'mat_1' : null;
    expect(await told()).toEqual([{ type: 'files.updated', matter, files: ['f-1', 'f-2'] }]);
    expect(calls).toEqual(['0', '1']);
  });

  it('each state once: a new version, a new name, deleted', async () => {
    file('f-1');
    for (const change of [
      {},
      { versionId: 'v-2' },
      { name: 'renamed', versionId: 'v-2' },
      { isDeleted: true, name: 'renamed', versionId: 'v-2' },
    ]) {
      files = files.map((held) => ({ ...held, ...change }));
      await event('0');
      await runEvents(one, firmId);
      await event('0');
      await runEvents(one, firmId);
    }
    expect(await told()).toHaveLength(4);
  });

  it('are not told before they are uploaded, nor as copies', async () => {
    file('f-1', { isUploaded: false });
    file('f-2', { isDuplicate: true });
    await event('0');
    await runEvents(one, firmId);
    expect(await told()).toEqual([]);
  });

  it.each<[string, string | null, string[]]>([
    ['without a cursor', null, ['all']],
    ['with a cursor that Smokeball does not know', 'odd', ['odd', 'all']],
  ])('%s the whole list is read, and what is new in it is told', async (_what, cursor, asked) => {
    file('f-old');
    file('f-new', { dateModified: one.clock.now().toISOString() });
    await event(cursor);
    await runEvents(one, firmId);
    expect(calls).toEqual(asked);
    expect(await told()).toMatchObject([{ files: ['f-new'] }]);
    files = files.map((held) => ({ ...held, versionId: 'v-2' }));
    await event(cursor);
    await runEvents(one, firmId);
    expect((await told())[1]).toMatchObject({ files: ['f-new', 'f-old'] });
  });
});
