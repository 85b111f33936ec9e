import { createHmac } from 'node:crypto';
import { casehugUnderTest, type CasehugUnderTest } from '../testing/casehug-under-test';
import { jsonOf } from '../testing/json-of';

describe('the signed events of the CaseHug desk', () => {
  let desk: CasehugUnderTest;

  beforeEach(async () => (desk = await casehugUnderTest()));
  afterEach(() => desk.stop());

  const mac = (message: string): Buffer => createHmac('sha256', 'event-secret').update(message).digest();
  const schemes: readonly { scheme: string; expected: (body: string, header: string) => string }[] = [
    {
      scheme: 'stripe',
      expected: (body, header) =>
        `t=${/t=(\d+)/.exec(header)?.[1]},v1=${mac(`${/t=(\d+)/.exec(header)?.[1]}.${body}`).toString('hex')}`,
    },
    { scheme: 'sha256', expected: (body) => `sha256=${mac(body).toString('hex')}` },
    { scheme: 'hex', expected: (body) => mac(body).toString('hex') },
    { scheme: 'base64', expected: (body) => mac(body).toString('base64') },
  ];

  it.each(schemes)('signs events in the scheme $scheme over the bytes that it sends', async ({ scheme, expected }) => {
    await desk.create(`?send_as=event&scheme=${scheme}`);
    const sent = desk.matterline.sent('POST /api/v1/integrations/casehug/events');
    expect(sent.map((request) => jsonOf(request)['type'])).toEqual(['client.created', 'matter.created']);
    expect(desk.matterline.sent('PUT /api/v1/matters/')).toHaveLength(0);
    for (const request of sent) {
      const header = String(request.headers['x-casehug-signature']);
      expect(header).toBe(expected(request.body.toString('utf8'), header));
      expect(jsonOf(request)).toMatchObject({
        id: expect.stringMatching(/^evt_/),
        firm_id: 'firm_01',
        created_at: expect.any(String),
      });
      expect(request.headers['x-api-key']).toBeUndefined();
    }
  });

  it('sends the document events of CaseHug with upload, document and matter', async () => {
    const matter = await desk.create('?send_as=none');
    const search = '?send_as=event&scheme=hex';
    const { upload_id } = await desk.addSample(matter['id'], search);
    const path = `/casehug/api/matters/${String(matter['id'])}`;
    await desk.call('POST', `${path}/documents/${String(upload_id)}/approve${search}`);
    await desk.call('PATCH', path + search, { status: 'archived' });
    const events = desk.matterline.sent('POST /api/v1/integrations/casehug/events').map(jsonOf);
    expect(events.map((event) => event['type'])).toEqual(['document.uploaded', 'document.approved', 'matter.archived']);
    expect(events[1]?.['data']).toMatchObject({
      upload: {
        id: upload_id,
        filename: 'Affidavit (signed).pdf',
        content_type: 'application/pdf',
        file_size_bytes: expect.any(Number),
      },
      document: { matter_id: matter['id'] },
      matter: { id: matter['id'], title: 'Delgado — Divorce' },
    });
    const bytes = await fetch(`${desk.url}/casehug/api/v1/uploads/${String(upload_id)}/download`);
    expect(bytes.headers.get('content-type')).toBe('application/pdf');
  });
});
