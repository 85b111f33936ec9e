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

  const EVENTS = 'POST /api/v1/integrations/casehug/events';
  const HEADER = 'x-casehug-signature';
  const hex = (message: string): string => mac(message).toString('hex');
  const one = async (wish: object): Promise<Record<string, unknown>> => {
    const matter = await desk.create('?send_as=none');
    return (await desk.call('POST', '/casehug/api/events', { matter_id: matter['id'], ...wish })).body;
  };
  const flaws: readonly {
    readonly flaw: string;
    readonly scheme: string;
    readonly isWrong: (header: string | undefined, body: string) => boolean;
  }[] = [
    { flaw: 'wrong_secret', scheme: 'hex', isWrong: (header, body) => header?.length === 64 && header !== hex(body) },
    { flaw: 'changed_body', scheme: 'hex', isWrong: (header, body) => header === hex(body.slice(0, -1)) },
    { flaw: 'no_signature', scheme: 'base64', isWrong: (header) => header === undefined },
    { flaw: 'not_a_signature', scheme: 'sha256', isWrong: (header) => header === 'this is no signature' },
    {
      flaw: 'unknown_firm',
      scheme: 'hex',
      isWrong: (header, body) => header === hex(body) && body.includes('firm_unknown'),
    },
    { flaw: 'old', scheme: 'stripe', isWrong: (header, body) => isSigned(header, body, -3600) },
    { flaw: 'future', scheme: 'stripe', isWrong: (header, body) => isSigned(header, body, 3600) },
  ];
  /** Signed well, but so many seconds away from now. */
  const isSigned = (header: string | undefined, body: string, offByS: number): boolean => {
    const [, at = '', given] = /^t=(\d+),v1=(\w+)$/.exec(header ?? '') ?? [];
    return given === hex(`${at}.${body}`) && Math.abs(Number(at) - Date.now() / 1000 - offByS) < 30;
  };

  it.each(flaws)('gets an event wrong on purpose: $flaw', async ({ flaw, scheme, isWrong }) => {
    const refusal = {
      error: {
        code: 'unauthorized',
        message: 'The signature does not hold.',
        details: { hint: 'Look at the secret.' },
      },
    };
    desk.matterline.plan(EVENTS, { status: 401, body: refusal });
    const { sending } = await one({ type: 'webhook.test', scheme, flaw });
    const [sent] = desk.matterline.sent(EVENTS);
    const header = sent?.headers[HEADER];
    expect(isWrong(typeof header === 'string' ? header : undefined, sent?.body.toString('utf8') ?? '')).toBe(true);
    expect(sending).toMatchObject({
      ok: false,
      status: 401,
      code: 'unauthorized',
      hint: 'Look at the secret.',
      problem: expect.stringContaining('refused the event'),
      answer: refusal,
      sent: { header: 'X-CaseHug-Signature', signature: header ?? null, body: sent?.body.toString('utf8') },
    });
  });

  it('signs with the next secret once it has one', async () => {
    const wish = { type: 'webhook.test', scheme: 'hex', flaw: 'next_secret' };
    expect(await one(wish)).toMatchObject({ error: { message: expect.stringContaining('next secret') } });
    await desk.call('PUT', '/_sim/casehug', { webhook_secret_next: 'the next one' });
    await one(wish);
    const [sent] = desk.matterline.sent(EVENTS);
    expect(sent?.headers[HEADER]).toBe(
      createHmac('sha256', 'the next one')
        .update(sent?.body ?? '')
        .digest('hex'),
    );
    expect(JSON.stringify((await desk.call('GET', '/_sim/casehug')).body)).not.toContain('the next one');
  });

  it('sends the same event again under the same id', async () => {
    const matter = await desk.create('?send_as=none');
    const wish = { matter_id: matter['id'], type: 'matter.updated' };
    await desk.call('POST', '/casehug/api/events', wish);
    const id = jsonOf(desk.matterline.sent(EVENTS)[0])['id'];
    await desk.call('POST', '/casehug/api/events', { ...wish, id });
    expect(desk.matterline.sent(EVENTS).map((request) => jsonOf(request)['id'])).toEqual([id, id]);
  });

  const types = ['matter.created', 'matter.updated', 'matter.archived', 'client.created', 'intake.completed', 'intake.link.sent', 'webhook.test', 'something.new']; // prettier-ignore

  it.each(types)('sends %s by itself, about the chosen matter', async (type) => {
    const { sending } = await one({ type });
    expect(sending).toMatchObject({ ok: true, status: 202, code: '', what: `Event ${type} (stripe)` });
    expect(jsonOf(desk.matterline.sent(EVENTS)[0])).toMatchObject({
      type,
      firm_id: 'firm_01',
      data: expect.any(Object),
    });
  });

  it('sends a test without any matter', async () => {
    const { sending } = (await desk.call('POST', '/casehug/api/events', { type: 'webhook.test', scheme: 'hex' })).body;
    expect(sending).toMatchObject({ ok: true, status: 202, what: 'Event webhook.test (hex)' });
    expect(jsonOf(desk.matterline.sent(EVENTS)[0])).toMatchObject({ type: 'webhook.test', firm_id: 'firm_01' });
  });

  it('does not send an event about a matter without one', async () => {
    const answer = await desk.call('POST', '/casehug/api/events', { type: 'matter.created' });
    expect([answer.status, desk.matterline.sent(EVENTS)]).toEqual([400, []]);
    expect(answer.body).toMatchObject({ error: { message: expect.stringContaining('Make a matter first') } });
  });

  const refused = [
    {
      name: 'a scheme without a time that is old',
      wish: { type: 'webhook.test', scheme: 'hex', flaw: 'old' },
      status: 400,
    },
    { name: 'a type that CaseHug does not have', wish: { type: 'matter.eaten' }, status: 400 },
    { name: 'a document event without a document', wish: { type: 'document.approved' }, status: 400 },
    { name: 'an unknown matter', wish: { type: 'webhook.test', matter_id: 'none' }, status: 404 },
  ];

  it.each(refused)('does not send $name', async ({ wish, status }) => {
    const matter = await desk.create('?send_as=none');
    const answer = await desk.call('POST', '/casehug/api/events', { matter_id: matter['id'], ...wish });
    expect(answer.status).toBe(status);
    expect(desk.matterline.sent(EVENTS)).toHaveLength(0);
  });
});
