import { join } from 'node:path';
import { createOpenApiValidator, type OpenApiValidator } from './authority/openapi-validator';
import { OPENAPI_AT_HAND, OPENAPI_PATH } from './testing/official-openapi';
import { SimulatorUnderTest, type CallOptions, type RawAnswer } from './testing/simulator-under-test';

const OVERLAY = join(__dirname, '../../../config/smokeball-overlay.json');
const HAS_FILE = OPENAPI_AT_HAND !== undefined;

if (!HAS_FILE) {
  const told = `NOT CHECKED: the simulator against the official OpenAPI file, because there is none at ${OPENAPI_PATH}. Set SMOKEBALL_OPENAPI.`;
  process.stderr.write(`\n${'!'.repeat(told.length)}\n${told}\n${'!'.repeat(told.length)}\n\n`);
}

const typeOf = ({ headers }: RawAnswer): string => String(headers['content-type'] ?? '');

describe('the simulator against the official OpenAPI file', () => {
  if (!HAS_FILE) {
    it('needs the official file in CI', () => expect(process.env['CI'] ?? '').toBe(''));
    return;
  }
  const validator: OpenApiValidator = createOpenApiValidator({ openapiPath: OPENAPI_PATH, overlayPath: OVERLAY });
  let sim: SimulatorUnderTest;
  const violations: string[] = [];
  const seen = new Set<string>();

  /** With `fails` the call is meant to be refused; all others must succeed. */
  async function call(
    method: string,
    path: string,
    options: CallOptions & { readonly fails?: boolean } = {},
  ): Promise<RawAnswer> {
    const answer = await sim.api(method, path, options);
    const told = (kind: string) => (text: string) => `${kind} ${method} ${path} → ${answer.status}: ${text}`;
    const body = answer.text === '' ? undefined : answer.body;
    if (options.fails !== true)
      violations.push(...validator.checkRequest(method, path, options.body).map(told('request')));
    violations.push(...validator.checkResponse(method, path, answer.status, body, typeOf(answer)).map(told('answer')));
    if (answer.status >= 400 !== (options.fails === true)) violations.push(told('status')(answer.text));
    seen.add(`${method} ${path.split('?')[0]?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}[0-9a-f_A-Z]*/g, '{id}') ?? ''}`);
    return answer;
  }

  beforeAll(async () => {
    sim = await SimulatorUnderTest.connected();
  });
  afterAll(() => sim.close());
  afterEach(() => {
    expect(violations.splice(0)).toEqual([]);
  });

  const idOf = (answer: RawAnswer): string => String(answer.body['id']);

  it('firm, users and staff', async () => {
    await call('GET', '/firm');
    const users = await call('GET', '/firmusers');
    await call('GET', '/firm/users');
    await call('GET', `/firmusers/${String(users.list[0]?.['staffId'])}`);
    await call('GET', `/users/${String(users.list[0]?.['userId'])}`);
    const staff = await call('GET', '/staff?Fields=rate');
    await call('GET', `/staff/${String(staff.list[0]?.['id'])}`);
    const user = await call('POST', '/users', { body: { email: 'nina.new@harborpine.example' } });
    await call('DELETE', `/users/${idOf(user)}`);
    const referrals = await call('GET', '/referraltypes');
    await call('GET', `/referraltypes/${String(referrals.list[0]?.['id'])}`);
  });

  it('contacts, their tags and relations', async () => {
    const list = await call('GET', '/contacts?Fields=tags&Sort=asc(LastUpdated)');
    expect(new Set(list.list.flatMap((contact) => Object.keys(contact)))).toContain('trust');
    const made = await call('POST', '/contacts', {
      body: { person: { firstName: 'Ada', lastName: 'Byron', phone: { number: '6175550177' } } },
    });
    const company = await call('POST', '/contacts', {
      body: { company: { name: 'Byron Ltd', staffIds: [idOf(made)] } },
    });
    await call('GET', `/contacts/${idOf(company)}`);
    await call('PUT', `/contacts/${idOf(made)}`, {
      body: { person: { firstName: 'Ada', lastName: 'King' }, isDeleted: false },
    });
    await call('POST', '/contacts/batch', { body: { ids: [idOf(made), idOf(company)] } });
    await call('POST', `/contacts/${idOf(made)}/tags`, { body: ['Referred'] });
    const tags = await call('GET', `/contacts/${idOf(made)}/tags`);
    await call('DELETE', `/contacts/${idOf(made)}/tags/${String(tags.list[0]?.['id'])}`);
    await call('POST', `/contacts/${idOf(made)}/relations`, {
      body: { relatedContactId: idOf(company), businessRole: 'Owner' },
    });
    await call('GET', `/contacts/${idOf(made)}/relations`);
    await call('GET', `/contacts/${idOf(made)}/relations/${idOf(company)}`);
    await call('PUT', `/contacts/${idOf(made)}/relations/${idOf(company)}`, { body: { businessRole: 'Director' } });
    await call('DELETE', `/contacts/${idOf(made)}/relations/${idOf(company)}`);
    await call('DELETE', `/contacts/${idOf(made)}`);
    await call('GET', `/contacts/${idOf(made)}`);
    await call('GET', '/contacts/00000000-0000-4000-8000-000000000000', { fails: true });
    await call('GET', '/contacts?Search=bare', { fails: true });
    await call('GET', '/contacts?Limit=501', { fails: true });
  });

  it('matter types', async () => {
    await call('GET', '/mattertypes/categories');
    const types = await call('GET', '/mattertypes?Location=MA&Type=0&Category=Family Law&Name=div');
    await call('GET', `/mattertypes/${String(types.list[0]?.['id'])}`);
    await call('GET', '/mattertypes?Limit=500&Offset=20000');
  });

  it('matters and everything below them', async () => {
    const contacts = await call('GET', '/contacts?Type=Person&Limit=2');
    const [client, other] = contacts.list.map((contact) => String(contact['id']));
    const types = await call('GET', '/mattertypes?Location=MA&Type=0&Name=divorce');
    const staff = await call('GET', '/staff?Search=name:tom*');
    const staffId = String(staff.list[0]?.['id']);
    const matterTypeId = String(types.list[0]?.['id']);
    const made = await call('POST', '/matters', {
      body: {
        matterTypeId,
        clientIds: [client],
        otherSideIds: [other],
        status: 'Open',
        personResponsibleStaffId: staffId,
        description: 'A divorce',
        openedDate: '2026-11-01T00:00:00Z',
        externalSystemId: 'x-1',
        isLead: false,
      },
    });
    const matter = `/matters/${idOf(made)}`;
    await sim.settle();
    await call('GET', matter);
    await call(
      'GET',
      `/matters?ContactId=${String(client)}&Status=Open&Status=Pending&Fields=items,tags&LastUpdated=2020-01-01T00:00:00Z`,
    );
    await call('PATCH', matter, { body: { status: 'Closed', isLead: false } });
    await call('PUT', matter, { body: { matterTypeId, clientIds: [client], status: 'Open', isLead: false } });
    await call('GET', matter);
    await call('POST', `${matter}/tags`, {
      body: [
        { name: 'Urgent', type: 'Custom', color: 'Light Blue' },
        { id: staffId, type: 'Staff' },
      ],
    });
    const tags = await call('GET', `${matter}/tags`);
    await call('DELETE', `${matter}/tags/${String(tags.list[0]?.['id'])}`);
    const roles = await call('GET', `${matter}/roles`);
    const role = (roles.body['roles'] as { id: string }[])[0];
    await call('GET', `${matter}/roles/${String(role?.id)}`);
    const items = await call('GET', `${matter}/items`);
    const item = (items.body['items'] as { id: string }[])[0];
    await call('GET', `${matter}/items/${String(item?.id)}`);

    const memo = await call('POST', `${matter}/memos`, { body: { title: 'Call', text: 'Spoke to the client' } });
    await call('GET', `${matter}/memos`);
    await call('PUT', `${matter}/memos/${idOf(memo)}`, { body: { title: 'Call', text: 'Spoke again' } });
    await call('GET', `${matter}/memos/${idOf(memo)}`);
    await call('DELETE', `${matter}/memos/${idOf(memo)}`);

    const task = await call('POST', '/tasks', {
      body: {
        staffId,
        subject: 'Ring back',
        dueDateOnly: '2026-12-01T00:00:00',
        matterId: idOf(made),
        assigneeIds: [staffId],
        isCompleted: false,
      },
    });
    await call('GET', `/tasks?MatterId=${idOf(made)}&IsCompleted=false`);
    await call('PUT', `/tasks/${idOf(task)}`, {
      body: { staffId, subject: 'Done', isCompleted: true, completedByStaffId: staffId },
    });
    await call('GET', `/tasks/${idOf(task)}`);
    await call('DELETE', `/tasks/${idOf(task)}`);

    const code = await call('POST', '/activitycodes', {
      body: { code: 'CALL', description: 'Phone call', type: 1, rateType: 0, isBillable: true },
    });
    await call('GET', '/activitycodes');
    await call('GET', `/activitycodes/${idOf(code)}`);
    await call('PUT', `/activitycodes/${idOf(code)}`, {
      body: { code: 'CALL', description: 'A call', type: 1, rateType: 0, isBillable: true },
    });
    const fee = await call('POST', `${matter}/fees`, {
      body: {
        feeDate: '2026-11-02T10:00:00Z',
        subject: 'Phone call',
        feeType: 1,
        duration: 12,
        rate: 350,
        isBillable: true,
        activityCode: 'CALL',
        sourceItems: [{ description: 'talk', duration: 12, isBillable: true }],
      },
    });
    await call('GET', `${matter}/fees`);
    await call('PATCH', `${matter}/fees/${idOf(fee)}`, {
      body: { feeDate: '2026-11-02T10:00:00Z', subject: 'Longer call', duration: 18 },
    });
    await call('GET', `${matter}/fees/${idOf(fee)}`);
    await call('DELETE', `${matter}/fees/${idOf(fee)}`);
    await call('DELETE', `/activitycodes/${idOf(code)}`);
    await call('DELETE', matter);
  });

  it('files, folders and search', async () => {
    const matters = await call('GET', '/matters?Limit=1');
    const documents = `/matters/${String(matters.list[0]?.['id'])}/documents`;
    const folder = await call('POST', `${documents}/folders`, { body: { name: 'Intake' } });
    const slot = await call('POST', `${documents}/files`, {
      body: { fileName: 'agreement.pdf', folderId: idOf(folder), fileAdditionalData: { ref: 'x' } },
    });
    const fileId = String(slot.body['fileId']);
    await call('GET', `${documents}/files/${fileId}/download`, { fails: true });
    await sim.raw('PUT', String(slot.body['uploadUrl']), Buffer.from('%PDF'), { 'content-type': '' });
    await sim.settle();
    await call('GET', `${documents}/files/${fileId}`);
    await call('GET', `${documents}/files?Sort=desc(dateCreated)&Search=fileExtension:pdf`);
    await call('GET', `${documents}/files/${fileId}/upload`);
    await call('GET', `${documents}/files/${fileId}/history`);
    await call('GET', `${documents}/files/${fileId}/download`);
    await call('POST', `${documents}/files/${fileId}/preview`);
    await call('GET', `${documents}/files/${fileId}/preview`);
    await call('PATCH', `${documents}/files/${fileId}`, { body: { fileName: 'agreement v2.pdf', isFavorite: true } });
    await call('POST', `${documents}/files/bulk`, { body: [{ fileName: 'a.txt' }, { fileName: 'b.txt' }] });
    await call('GET', `${documents}/folders`);
    await call('GET', `${documents}/folders/${idOf(folder)}`);
    await call('GET', `${documents}/folders/${idOf(folder)}/path`);
    await call('PATCH', `${documents}/folders/${idOf(folder)}`, { body: { name: 'Intake papers' } });
    await call('POST', '/search/files', { body: { query: 'agreement', filters: { searchFields: ['Name'] } } });
    await call('DELETE', `${documents}/files/${fileId}`);
    await call('DELETE', `${documents}/folders/${idOf(folder)}`);
  });

  it('webhooks', async () => {
    await call('GET', '/webhooks/types');
    const body = {
      name: 'conformance',
      key: 'secret',
      eventTypes: ['contact.created', 'error'],
      eventNotificationUrl: 'http://127.0.0.1:9/hook',
    };
    const made = await call('POST', '/webhooks', { body });
    await call('GET', '/webhooks');
    await call('GET', `/webhooks/${idOf(made)}`);
    await call('PUT', `/webhooks/${idOf(made)}`, { body });
    await call('POST', `/webhooks/${idOf(made)}/notify`);
    await call('DELETE', `/webhooks/${idOf(made)}`);
    await call('POST', '/webhooks', { body: { ...body, eventTypes: ['no.such'] }, fails: true });
  });

  it('covers every operation that is simulated', () => expect(seen.size).toBeGreaterThan(70));
});
