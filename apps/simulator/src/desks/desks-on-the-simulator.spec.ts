import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type RunningSimulator } from '../simulator';
import { FakeMatterline } from './testing/fake-matterline';

const SECRET = `whsec_${Buffer.from('a key').toString('base64')}`;

describe('the desks on the whole simulator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-desks-'));
  let matterline: FakeMatterline;
  let simulator: RunningSimulator | undefined;

  beforeAll(async () => {
    process.env['SIMULATOR_DATA'] = folder;
    process.env['SIMULATOR_PUBLIC_DIR'] = join(__dirname, '../../public');
    matterline = await FakeMatterline.start();
    matterline.plan('POST /api/v1/webhooks', { status: 201, body: { data: { id: 'wh_1', signing_secret: SECRET } } });
    matterline.plan('GET /api/v1/webhooks', { status: 200, body: { data: [], pagination: { has_more: false } } });
  });

  afterAll(async () => {
    delete process.env['SIMULATOR_DATA'];
    await simulator?.close();
    await matterline.stop();
    rmSync(folder, { recursive: true });
  });

  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return (await fetch(`http://127.0.0.1:${simulator?.port}${path}`, { method, ...init })).json();
  };

  it('registers at the address the simulator listens on, and finds everything again after a restart', async () => {
    simulator = await startSimulator({ dataFolder: folder });
    await call('PUT', '/_sim/casehug', { api_url: matterline.url, api_key: 'ml_live_key', firm_id: 'firm_01' });
    await call('POST', '/casehug/api/matters?send_as=none', { id: 'mat_kept', title: 'Kept' });
    const receiver = `${simulator.url}/casehug/notifications`;
    expect(JSON.parse(matterline.sent('POST /api/v1/webhooks')[0]?.body.toString() ?? '')).toMatchObject({
      url: receiver,
    });
    await simulator.close();

    matterline.plan('GET /api/v1/webhooks', { status: 200, body: { data: [{ id: 'wh_1', url: receiver }] } });
    simulator = await startSimulator({ dataFolder: folder, publicUrl: receiver.replace('/casehug/notifications', '') });
    expect(await call('GET', '/casehug/api/matters')).toMatchObject({ matters: [{ id: 'mat_kept', title: 'Kept' }] });
    await call('POST', '/casehug/api/register');
    expect(matterline.sent('POST /api/v1/webhooks')).toHaveLength(1);
    expect(matterline.sent('GET /api/v1/webhooks').length).toBeGreaterThan(1);
  });

  it('shows the seeded firm, and a change made in its pages at once', async () => {
    const { matters } = (await call('GET', '/us/app-api/matters?status=Open')) as {
      matters: { id: string; is_lead: boolean }[];
    };
    const id = matters.find((one) => !one.is_lead)?.id ?? '';
    await call('POST', `/_sim/us/as-user/matters/${id}`, { status: 'Closed', description: 'Closed by hand' });
    expect(await call('GET', `/us/app-api/matters/${id}`)).toMatchObject({
      matter: { status: 'Closed', description: 'Closed by hand' },
    });
  });

  it('edits a contact as the page does: what is emptied is cleared, the rest stays', async () => {
    const { contacts } = (await call('GET', '/us/app-api/contacts?q=maria')) as { contacts: { id: string }[] };
    const path = `/us/app-api/contacts/${contacts[0]?.id ?? ''}`;
    const before = (
      (await call('GET', path)) as { contact: { stored: { lastName: string }; phones: { field: string }[] } }
    ).contact;
    const field = before.phones[0]?.field ?? 'cell';
    await call('POST', `/_sim/us/as-user/contacts/${contacts[0]?.id ?? ''}`, {
      person: { firstName: 'Mary', email: null, [field]: null },
    });
    const { contact } = (await call('GET', path)) as {
      contact: Record<string, unknown> & { phones: { field: string }[] };
    };
    expect(contact).toMatchObject({ email: '', stored: { firstName: 'Mary', lastName: before.stored.lastName } });
    expect(contact.phones.map((phone) => phone.field)).not.toContain(field);
  });
});
