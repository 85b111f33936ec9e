import { deskUnderTest, type DeskUnderTest } from './desk-under-test';

const SECRET = 'whsec_' + Buffer.from('a secret of the receiver').toString('base64');

/** The client that `create` names. */
export const CLIENT = {
  first_name: 'Maria',
  last_name: 'Delgado',
  email: 'maria@example.com',
  phone: '(312) 555-0142',
};

export interface CasehugUnderTest extends DeskUnderTest {
  /** Makes a matter at the desk; `search` is a query such as `?send_as=none`. */
  create(search?: string, matter?: object): Promise<Record<string, unknown>>;
  addSample(matterId: unknown, search?: string): Promise<Record<string, unknown>>;
}

/** A CaseHug desk that is connected to a Matterline which takes everything. */
export async function casehugUnderTest(): Promise<CasehugUnderTest> {
  const desk = await deskUnderTest();
  const { matterline } = desk;
  matterline.plan('GET /api/v1/webhooks', { status: 200, body: { data: [], pagination: { has_more: false } } });
  matterline.plan('POST /api/v1/webhooks', { status: 201, body: { data: { id: 'wh_1', signing_secret: SECRET } } });
  matterline.plan('PUT /api/v1/matters/', { status: 202, body: { data: {} } });
  matterline.plan('POST /api/v1/matters/', { status: 202, body: { data: {} } });
  matterline.plan('POST /api/v1/integrations/casehug/events', { status: 202, body: { data: {} } });
  await desk.call('PUT', '/_sim/casehug', {
    api_url: matterline.url,
    api_key: 'ml_live_a-long-enough-key',
    firm_id: 'firm_01',
    webhook_secret: 'event-secret',
  });
  return {
    ...desk,
    async create(search = '', matter = {}) {
      const form = { title: 'Delgado — Divorce', case_number: 'CH-1', client: CLIENT, ...matter };
      return (await desk.call('POST', `/casehug/api/matters${search}`, form)).body;
    },
    async addSample(matterId, search = '') {
      const body = { sample: true, file_name: 'Affidavit (signed).pdf' };
      return (await desk.call('POST', `/casehug/api/matters/${String(matterId)}/documents${search}`, body)).body;
    },
  };
}
