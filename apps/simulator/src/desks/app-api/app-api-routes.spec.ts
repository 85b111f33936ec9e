import { join } from 'node:path';
import { startSimulator, type RunningSimulator } from '../../simulator';

type Row = Record<string, unknown>;

interface Contact extends Row {
  readonly id: string;
  readonly name: string;
  readonly is_deleted: boolean;
}

describe('the reads of the Smokeball pages', () => {
  let simulator: RunningSimulator;
  let firms: readonly { readonly account_id: string; readonly name: string }[];

  beforeAll(async () => {
    process.env['SIMULATOR_PUBLIC_DIR'] = join(__dirname, '../../../public');
    simulator = await startSimulator();
    firms = (await read('summary'))['firms'] as typeof firms;
  });
  afterAll(() => simulator.close());

  const call = async (method: string, path: string, body?: object): Promise<{ status: number; body: Row }> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`http://127.0.0.1:${simulator.port}${path}`, { method, ...init });
    return { status: response.status, body: (await response.json()) as Row };
  };
  const read = async (path: string): Promise<Row> => (await call('GET', `/us/app-api/${path}`)).body;
  const asUser = async (path: string, body: object): Promise<string> =>
    (await call('POST', `/_sim/us/as-user/${path}`, body)).body['id'] as string;
  const contacts = async (query: string): Promise<readonly Contact[]> =>
    (await read(`contacts?${query}`))['contacts'] as Contact[];

  const newContacts = [
    {
      kind: 'person',
      body: { firstName: 'Zuzanna', lastName: 'Quill', cell: { areaCode: '312', number: '555-0142' } },
    },
    { kind: 'company', body: { name: 'Zuzu Quill Ltd', phone: { number: '0412 345 678' } } },
    { kind: 'trust', body: { name: 'The Quill Trust' } },
  ] as const;

  it.each(newContacts)('finds a new $kind first, by name', async ({ kind, body }) => {
    const id = await asUser('contacts', { [kind]: body });
    expect((await contacts('q=QUILL'))[0]).toMatchObject({ id, is_deleted: false });
    expect((await contacts(`kind=${kind}&q=quill`)).map((one) => one.id)).toEqual([id]);
  });

  const phones = [
    { q: '3125550142', name: 'Zuzanna Quill' },
    { q: '312 555-0142', name: 'Zuzanna Quill' },
    { q: '0412 345', name: 'Zuzu Quill Ltd' },
    { q: '0412345678', name: 'Zuzu Quill Ltd' },
  ];

  it.each(phones)('finds the number $q as it is stored and as digits', async ({ q, name }) => {
    expect((await contacts(new URLSearchParams({ q }).toString())).map((one) => one.name)).toContain(name);
  });

  it('names a group by its people, and keeps it when one is renamed', async () => {
    const person = await asUser('contacts', { person: { firstName: 'Ida', lastName: 'Rowe' } });
    const group = await asUser('contacts', { groupOfPeople: { peopleIds: [person] } });
    const { contact } = (await read(`contacts/${group}`)) as { contact: Row };
    expect(contact).toMatchObject({ name: 'Ida Rowe', people: [{ id: person, name: 'Ida Rowe' }] });
  });

  it('deletes and restores, and filters by it', async () => {
    const id = await asUser('contacts', { person: { firstName: 'Gone', lastName: 'Girl' } });
    await asUser(`contacts/${id}`, { isDeleted: true });
    expect(await contacts('q=gone+girl&status=live')).toEqual([]);
    expect(await contacts('q=gone+girl&status=deleted')).toMatchObject([{ id, is_deleted: true }]);
    await asUser(`contacts/${id}`, { isDeleted: false });
    expect(await contacts('q=gone+girl&status=live')).toMatchObject([{ id }]);
  });

  it('pages through a long list, each contact once, also across firms', async () => {
    await call('POST', '/_sim/us/bulk-contacts', { count: 110 });
    const pages = [1, 2, 3, 4].map((page) => contacts(`page=${page}`));
    const ids = (await Promise.all(pages)).flat().map((one) => one.id);
    const { total } = await read('contacts');
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(total);
    expect(await contacts('page=99')).toEqual([]);
  });

  it('shows one firm only when one is chosen', async () => {
    const [first, second] = firms;
    const names = async (firm: string | undefined): Promise<unknown[]> =>
      (await contacts(`firm=${firm}`)).map((one) => one['firm']);
    expect(new Set(await names(first?.account_id))).toEqual(new Set([first?.name]));
    expect(new Set(await names(second?.account_id))).toEqual(new Set([second?.name]));
  });

  it('says only "the same" to a page that shows the newest version', async () => {
    const { version } = await read('contacts');
    expect(await read(`contacts?known=${String(version)}`)).toEqual({ version, same: true });
    await asUser('contacts', { person: { firstName: 'One', lastName: 'More' } });
    expect(await read(`contacts?known=${String(version)}`)).toMatchObject({ contacts: [{ name: 'One More' }, ...Array(49).fill({})] }); // prettier-ignore
  });

  it('finds a matter by number, description and client, also after the client was renamed', async () => {
    const client = await asUser('contacts', { person: { firstName: 'Mara', lastName: 'Vex' } });
    const { matter_types: types } = (await read('matter-types?location=IL')) as {
      matter_types: { id: string; roles: string[] }[];
    };
    const matter = await asUser('matters', {
      matterTypeId: types[0]?.id,
      clientIds: [client],
      description: 'A curious affair',
      number: 'ZZ-77',
    });
    for (const q of ['zz-77', 'curious', 'vex'])
      expect((await read(`matters?q=${q}`))['matters']).toMatchObject([{ id: matter }]);
    await asUser(`contacts/${client}`, { person: { lastName: 'Renamed' } });
    expect((await read('matters?q=mara+renamed'))['matters']).toMatchObject([{ id: matter }]);
    expect((await read(`contacts/${client}`))['contact']).toMatchObject({
      matters: [{ id: matter }],
      matters_total: 1,
    });
  });

  it('offers the types of one state, and others for leads', async () => {
    const matter = (await read('matter-types?location=IL')) as { locations: string[]; matter_types: { id: string }[] };
    const lead = (await read('matter-types?location=IL&lead=true')) as { matter_types: { id: string }[] };
    expect(matter.locations).toContain('NY');
    expect(matter.matter_types.every(({ id }) => id.endsWith('_IL'))).toBe(true);
    expect(lead.matter_types.some(({ id }) => matter.matter_types.some((one) => one.id === id))).toBe(false);
  });

  it('tells former and disabled members from the others, and never shows the key of a subscription', async () => {
    const { staff } = (await read('staff')) as { staff: { former: boolean; enabled: boolean }[] };
    expect(new Set(staff.map(({ former, enabled }) => `${former} ${enabled}`)).size).toBe(3);
    const { webhooks } = await read('webhooks');
    expect(webhooks).toEqual([]);
  });

  it('says in which Smokeball a record is that is not here', async () => {
    const { contacts: british } = (await call('GET', '/uk/app-api/contacts')).body as { contacts: Contact[] };
    const { status, body } = await call('GET', `/us/app-api/contacts/${british[0]?.id ?? ''}`);
    expect([status, (body['error'] as Row)['details']]).toEqual([404, { tenant: 'uk' }]);
  });

  it.each(['/us/app-api/matters/none', '/us/app-api/contacts/none', '/mars/app-api/matters'])(
    'answers 404 for %s',
    async (path) => {
      const { status, body } = await call('GET', path);
      expect([status, (body['error'] as Row)['code']]).toEqual([404, 'not_found']);
    },
  );

  const pages = ['/', '/casehug/', '/pbx/', '/faults/', '/us/app/', '/assets/base.css', '/casehug/desk.js'];

  it.each(pages)('serves %s under a policy that lets no foreign script in, and with none inside', async (path) => {
    const response = await fetch(`http://127.0.0.1:${simulator.port}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    const text = await response.text();
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+="|\sstyle="/);
  });

  it.each(['/casehug', '/us/app'])('sends %s on to its folder', async (path) => {
    const response = await fetch(`http://127.0.0.1:${simulator.port}${path}`, { redirect: 'manual' });
    expect([response.status >= 301 && response.status <= 308, response.headers.get('location')]).toEqual([
      true,
      `${path}/`,
    ]);
  });
});
