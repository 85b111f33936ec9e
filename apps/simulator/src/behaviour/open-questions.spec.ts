import { type Json, type RawAnswer, Receiver, REDIRECT, SimulatorUnderTest } from '../testing/simulator-under-test';

/** Each switch for a question that nobody outside Smokeball can answer, in every position; the defaults first. */
describe('open questions', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
    receiver = await Receiver.start();
  });
  beforeEach(async () => {
    await sim.begin();
    receiver.received.length = 0;
  });
  afterAll(async () => {
    await receiver.close();
    await sim.close();
  });

  const id = (answer: RawAnswer) => String(answer.body['id']);
  const matters = async () => (await sim.firm())['matters'] ?? [];
  const anyMatter = async (test: (matter: Json) => boolean) => {
    const found = (await matters()).find(test);
    if (found === undefined) throw new Error('the seed has no such matter');
    return found;
  };
  const open = () => anyMatter(({ status, isLead }) => status === 'Open' && isLead !== true);
  const person = async (more: Json = {}) =>
    id(await sim.api('POST', '/contacts', { body: { person: { firstName: 'Ada', lastName: 'Quill', ...more } } }));
  const newMatter = async (more: Json = {}) => {
    const { matterTypeId } = await open();
    return await sim.api('POST', '/matters', {
      body: { matterTypeId, status: 'Open', clientIds: [await person()], ...more },
    });
  };
  const subscribe = (eventTypes: readonly string[]) =>
    sim.api('POST', '/webhooks', { body: { eventTypes, eventNotificationUrl: receiver.url } });
  const payloads = (type: string) =>
    receiver.received.filter(({ body }) => body['type'] === type).map(({ body }) => body['payload'] as Json);
  const finds = async (search: string, contactId: string) =>
    (await sim.api('GET', `/contacts?Search=${encodeURIComponent(search)}`)).list.some(
      (one) => one['id'] === contactId,
    );

  it.each([[['phone', 'phone2', 'cell']], [['phone']], [['phone', 'cell']]])(
    'phone_search_fields: %j',
    async (named) => {
      await sim.switches({ phone_search_fields: named });
      const numbers: Readonly<Record<string, string>> = {
        phone: '6175550171',
        phone2: '6175550172',
        cell: '6175550173',
      };
      const contact = await person(
        Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, { number }])),
      );
      for (const [name, number] of Object.entries(numbers))
        expect([name, await finds(`phone:${number}`, contact)]).toEqual([name, named.includes(name)]);
    },
  );

  it.each(['whole', 'parts'])('name_search: %s', async (position) => {
    await sim.switches({ name_search: position });
    const contact = await person();
    expect(await finds('name:Ada Quill', contact)).toBe(true);
    for (const part of ['Ada', 'Quill']) expect(await finds(`name:${part}`, contact)).toBe(position === 'parts');
    expect(await finds('name:*uil*', contact)).toBe(true);
  });

  it.each(['clears', 'ignored', 'refused'])('patch_null: %s', async (position) => {
    await sim.switches({ patch_null: position });
    const matterId = id(await newMatter({ description: 'before', clientCode: 'one' }));
    const body = { description: null, clientCode: 'two' };
    const answer = await sim.api('PATCH', `/matters/${matterId}`, { body });
    expect(answer.status).toBe(position === 'refused' ? 400 : 202);
    const { description, clientCode } = (await sim.api('GET', `/matters/${matterId}`)).body;
    expect([description, clientCode]).toEqual(
      { clears: [undefined, 'two'], ignored: ['before', 'two'], refused: ['before', 'one'] }[position],
    );
  });

  it.each(['accepted', 'applied'])('reference_checks: %s', async (position) => {
    const slow = { contacts: { min: 100, max: 100 }, matters: { min: 500, max: 500 } };
    const { matterTypeId } = await open();
    await subscribe(['error']);
    await sim.switches({ reference_checks: position, visibility_by_resource: slow });
    const send = (clientIds: readonly string[]) =>
      sim.api('POST', '/matters', { body: { matterTypeId, status: 'Open', clientIds } });
    const early = await send([await person()]);
    const never = await send([crypto.randomUUID()]);
    expect([early.status, never.status]).toEqual([202, 202]);
    await sim.settle();
    expect((await sim.api('GET', `/matters/${id(early)}`)).status).toBe(position === 'applied' ? 200 : 404);
    expect((await sim.api('GET', `/matters/${id(never)}`)).status).toBe(404);
    const told = payloads('error').map(({ resourceId }) => resourceId);
    expect(told).toEqual(position === 'applied' ? [id(never)] : [id(early), id(never)]);
  });

  it.each([false, true])('lead_takes_matter_type: %s', async (position) => {
    await sim.switches({ lead_takes_matter_type: position });
    const lead = await newMatter({ isLead: true });
    await sim.settle();
    expect((await sim.api('GET', `/matters/${id(lead)}`)).status).toBe(position ? 200 : 404);
    const { matterTypeId } = await anyMatter(({ isLead }) => isLead === true);
    const matter = await newMatter({ matterTypeId });
    expect((await sim.api('GET', `/matters/${id(matter)}`)).status).toBe(404);
  });

  it.each([
    ['allowed', 202, ['Will', 'Will']],
    ['refused', 400, ['Will']],
    ['numbered', 202, ['Will', 'Will (1)']],
  ])('duplicate_file_names: %s', async (position, status, names) => {
    await sim.switches({ duplicate_file_names: position });
    const files = `/matters/${String((await open())['id'])}/documents/files`;
    const add = (fileName: string) => sim.api('POST', files, { body: { fileName } });
    expect((await add('Will.pdf')).status).toBe(202);
    expect((await add('WILL.PDF')).status).toBe(status);
    expect((await add('Will.docx')).status).toBe(202);
    const stored = (await sim.api('GET', files)).list.filter(({ fileExtension }) => String(fileExtension).toLowerCase() === '.pdf'); // prettier-ignore
    const [first, ...others] = stored.map(({ name }) => String(name));
    expect([first, ...others.map((name) => name.replace('WILL', 'Will'))].sort()).toEqual([...names].sort());
  });

  it.each([
    [[], 'Anything', 201],
    [['Brown', 'Light Blue'], 'Anything', 400],
    [['Brown', 'Light Blue'], 'Light Blue', 201],
    [['Brown', 'Light Blue'], undefined, 201],
  ])('tag_colors: %j, %s', async (tag_colors, color, status) => {
    await sim.switches({ tag_colors });
    const tags = `/matters/${String((await open())['id'])}/tags`;
    const answer = await sim.api('POST', tags, { body: [{ type: 'Custom', name: 'Urgent', color }] });
    expect(answer.status).toBe(status);
    if (status !== 201) return expect(answer.text).toContain('Light Blue');
    expect((await sim.api('GET', tags)).list[0]?.['color']).toBe(color ?? 'Brown');
  });

  it.each([true, false])('fan_out_shares_request_id: %s', async (position) => {
    await sim.switches({ fan_out_shares_request_id: position });
    await subscribe(['matter.created', 'matter.updated', 'roles.updated', 'matteritems.updated']);
    const { matterTypeId } = await open();
    const body = { matterTypeId, status: 'Open', number: 'X-1', clientIds: [await person()] };
    await sim.api('POST', '/matters', { body, headers: { RequestId: 'the cause' } });
    await sim.settle();
    const causes = receiver.received.map(({ headers }) => headers['requestid']);
    expect(causes).toHaveLength(4);
    expect(new Set(causes).size).toBe(position ? 1 : 4);
    expect(causes).toContain('the cause');
  });

  it.each([
    ['cursor', ['cursor', 'id'], 'matter'],
    ['bare', ['id'], 'matter'],
    ['file', ['id', 'matterId'], 'file'],
  ])('files_updated_payload: %s', async (position, members, whose) => {
    await sim.switches({ files_updated_payload: position });
    await subscribe(['files.updated']);
    const matterId = String((await open())['id']);
    const upload = await sim.api('POST', `/matters/${matterId}/documents/files`, { body: { fileName: 'a.txt' } });
    await sim.raw('PUT', String(upload.body['uploadUrl']), 'bytes', {});
    await sim.settle();
    const [payload = {}] = payloads('files.updated');
    expect(Object.keys(payload).sort()).toEqual(members);
    expect(payload['id']).toBe(whose === 'matter' ? matterId : upload.body['fileId']);
  });

  it.each([
    ['client', [true, false, true]],
    ['account', [true, true, true]],
    ['user', [true, false, false]],
  ])('webhooks_listed_by: %s', async (position, [self, otherApplication, otherUser]) => {
    await sim.switches({ webhooks_listed_by: position });
    const webhook = id(await subscribe(['contact.created']));
    const sees = async () => (await sim.api('GET', '/webhooks')).list.some((one) => one['id'] === webhook);
    expect(await sees()).toBe(self);
    await sim.connect('us', 'anna.lee@harborpine.example');
    expect(await sees()).toBe(otherUser);
    await sim.control('PUT', '/apps', { tenant: 'us', ...OTHER, redirect_uris: [REDIRECT], private_accounts: [await sim.accountId()] }); // prettier-ignore
    const form = { grant_type: 'client_credentials', client_id: OTHER.client_id };
    const basic = Buffer.from(`${OTHER.client_id}:${OTHER.client_secret}`).toString('base64');
    const token = (await sim.exchange('us', form, { authorization: `Basic ${basic}` })).body['access_token'];
    const seen = await sim.api('GET', '/webhooks', { headers: { 'x-api-key': OTHER.api_key, authorization: `Bearer ${String(token)}` } }); // prettier-ignore
    expect(seen.list.some((one) => one['id'] === webhook)).toBe(otherApplication);
  });
});

const OTHER = { client_id: 'other', client_secret: 'other secret', api_key: 'other key' };
