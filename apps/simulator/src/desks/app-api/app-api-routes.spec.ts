import { deskUnderTest, type DeskUnderTest } from '../testing/desk-under-test';
import { fakeCore } from '../testing/fake-core';

const MARIA = {
  id: 'c1',
  isDeleted: false,
  lastUpdated: 637981232724209301n,
  person: {
    firstName: 'Maria',
    lastName: 'Delgado',
    email: 'maria@example.com',
    cell: { areaCode: '312', number: '555-0142' },
    residentialAddress: { addressLine1: '1 Main St', city: 'Chicago', state: 'IL' },
  },
  tags: [{ name: 'Petitioner', type: 'Role' }],
};
const FIRMS = [
  {
    account_id: 'a1',
    name: 'Hale & Partners',
    contacts: [
      MARIA,
      {
        id: 'c2',
        isDeleted: true,
        lastUpdated: 637981232724209400n,
        company: { name: 'Acme', phone: { number: '0412 345 678' } },
      },
    ],
    matters: [
      {
        id: 'm1',
        versionId: '637981232724209300',
        number: 'AM-0001',
        title: 'AM-0001 - Delgado',
        description: 'Divorce',
        status: 'Open',
        isLead: false,
        matterType: { id: 't1', name: 'Divorce' },
        clients: [{ id: 'c1' }],
        otherSides: [{ id: 'c2' }],
        personResponsible: { id: 's1' },
        personAssistingStaffs: [{ id: 's9' }],
      },
      { id: 'm2', versionId: '637981232724209999', status: 'Closed', clients: [] },
    ],
    files: [
      {
        id: 'f1',
        matterId: 'm1',
        name: 'Affidavit',
        fileExtension: '.pdf',
        folderId: null,
        sizeBytes: 3,
        sha256: 'ab',
        isUploaded: true,
        isCancelled: false,
        isDeleted: false,
        versions: [],
        additionalData: null,
      },
    ],
    webhooks: [
      {
        id: 'w1',
        clientId: 'app',
        name: 'x',
        key: 'very secret',
        eventTypes: ['matter.updated'],
        eventNotificationUrl: 'http://m/hooks',
      },
    ],
    staff: [{ id: 's1', firstName: 'Grace', lastName: 'Hale' }],
    users: [],
    memos: [],
    tasks: [],
    fees: [],
  },
];

describe('the reads of the Smokeball pages', () => {
  let desk: DeskUnderTest;
  const core = fakeCore(FIRMS);

  beforeAll(async () => (desk = await deskUnderTest(core)));
  afterAll(() => desk.stop());

  const read = async (path: string): Promise<Record<string, unknown>> =>
    (await desk.call('GET', `/us/app-api/${path}`)).body;
  const ids = (rows: unknown): readonly string[] => (rows as { id: string }[]).map((row) => row.id);

  it('lists matters newest first, with client names', async () => {
    const { matters, total } = await read('matters');
    expect(ids(matters)).toEqual(['m2', 'm1']);
    expect(total).toBe(2);
    expect(matters).toMatchObject([{}, { clients: [{ id: 'c1', name: 'Maria Delgado' }], type: 'Divorce' }]);
  });

  const searches = [
    { path: 'matters?q=delgado', list: 'matters', found: ['m1'] },
    { path: 'matters?status=Closed', list: 'matters', found: ['m2'] },
    { path: 'contacts?q=MARIA', list: 'contacts', found: ['c1'] },
    { path: 'contacts?q=3125550142', list: 'contacts', found: ['c1'] },
    { path: 'contacts?q=0412%20345', list: 'contacts', found: ['c2'] },
    { path: 'contacts?q=nobody', list: 'contacts', found: [] },
  ] as const;

  it.each(searches)('searches $path', async ({ path, list, found }) => {
    expect(ids((await read(path))[list])).toEqual(found);
  });

  it('shows a matter with people, staff and files; somebody unknown is named so', async () => {
    const { matter } = await read('matters/M1');
    expect(matter).toMatchObject({
      number: 'AM-0001',
      other_sides: [{ id: 'c2', name: 'Acme' }],
      staff: [
        { role: 'Responsible', name: 'Grace Hale' },
        { role: 'Assisting', name: 'Unknown staff member' },
      ],
      files: [{ id: 'f1', sha256: 'ab' }],
    });
  });

  it('shows a contact with phones as stored and the matters that name it on either side', async () => {
    const { contact } = await read('contacts/c1');
    expect(contact).toMatchObject({
      phones: [{ label: 'Cell', stored: { areaCode: '312', number: '555-0142' } }],
      address: ['1 Main St', 'Chicago, IL'],
      matters: [{ id: 'm1' }],
    });
    expect((await read('contacts/c2'))['contact']).toMatchObject({ is_deleted: true, matters: [{ id: 'm1' }] });
  });

  it('never shows the key of a webhook subscription', async () => {
    const { webhooks } = await read('webhooks');
    expect(webhooks).toMatchObject([{ id: 'w1', signed: true }]);
    expect(JSON.stringify(webhooks)).not.toContain('very secret');
  });

  it('counts changes of the tenant up, and of nothing else', async () => {
    const before = (await read('summary'))['version'] as number;
    core.events.emit('change', { kind: 'request', tenant: 'us' });
    expect((await read('summary'))['version']).toBe(before);
    core.events.emit('change', { kind: 'matter', tenant: 'us', id: 'm1' });
    expect((await read('summary'))['version']).toBe(before + 1);
  });

  it.each(['/us/app-api/matters/none', '/us/app-api/contacts/none', '/mars/app-api/matters'])(
    'answers 404 for %s',
    async (path) => {
      const { status, body } = await desk.call('GET', path);
      expect([status, (body['error'] as { code: string }).code]).toEqual([404, 'not_found']);
    },
  );

  const pages = ['/', '/casehug/', '/pbx/', '/faults/', '/us/app/', '/assets/base.css', '/casehug/desk.js'];

  it.each(pages)('serves %s under a policy that lets no foreign script in', async (path) => {
    const response = await fetch(desk.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await response.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it.each(['/casehug', '/us/app'])('sends %s on to its folder', async (path) => {
    const response = await fetch(desk.url + path, { redirect: 'manual' });
    expect([response.status >= 301 && response.status <= 308, response.headers.get('location')]).toEqual([
      true,
      `${path}/`,
    ]);
  });
});
