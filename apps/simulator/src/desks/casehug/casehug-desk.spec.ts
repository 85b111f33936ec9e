import { createHash } from 'node:crypto';
import { CLIENT, casehugUnderTest, type CasehugUnderTest } from '../testing/casehug-under-test';
import { jsonOf } from '../testing/json-of';
import { partsOf } from '../testing/multipart-parts';

describe('the CaseHug desk', () => {
  let desk: CasehugUnderTest;

  beforeEach(async () => (desk = await casehugUnderTest()));
  afterEach(() => desk.stop());

  it('puts the whole picture of a new matter, with the key and ids of CaseHug’s form', async () => {
    const matter = await desk.create();
    const [put] = desk.matterline.sent('PUT /api/v1/matters/');
    expect(put?.path).toBe(`/api/v1/matters/${String(matter['id'])}`);
    expect(matter['id']).toMatch(/^mat_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(put?.headers['x-api-key']).toBe('ml_live_a-long-enough-key');
    expect(jsonOf(put)).toMatchObject({
      title: 'Delgado — Divorce',
      case_number: 'CH-1',
      status: 'active',
      clients: [{ id: expect.stringMatching(/^cli_/), ...CLIENT }],
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  it('keeps what an edit does not name, and never sends an older or equal time', async () => {
    const matter = await desk.create();
    await desk.call('PATCH', `/casehug/api/matters/${String(matter['id'])}`, { client: { phone: '312.555.0199' } });
    const [first, second] = desk.matterline.sent('PUT /api/v1/matters/').map(jsonOf);
    expect(second?.['clients']).toMatchObject([{ ...CLIENT, phone: '312.555.0199' }]);
    expect((second?.['clients'] as { id: string }[])[0]?.id).toBe((first?.['clients'] as { id: string }[])[0]?.id);
    expect(second?.['title']).toBe('Delgado — Divorce');
    expect(String(second?.['updated_at']) > String(first?.['updated_at'])).toBe(true);
  });

  it('asks for a sync with ?sync=true', async () => {
    const matter = await desk.create();
    await desk.call('POST', `/casehug/api/matters/${String(matter['id'])}/sync`);
    expect(desk.matterline.sent(`PUT /api/v1/matters/${String(matter['id'])}?sync=true`)).toHaveLength(1);
  });

  it('keeps an upload at the desk until it is approved, then sends metadata first and the same bytes after it', async () => {
    const matter = await desk.create();
    const { upload_id } = await desk.addSample(matter['id']);
    expect(desk.matterline.sent('POST /api/v1/matters/')).toHaveLength(0);
    await desk.call('POST', `/casehug/api/matters/${String(matter['id'])}/documents/${String(upload_id)}/approve`);

    const [post] = desk.matterline.sent('POST /api/v1/matters/');
    const parts = partsOf(post);
    expect(parts.map((part) => part.name)).toEqual(['metadata', 'file']);
    const metadata = JSON.parse(parts[0]?.content.toString('utf8') ?? '') as Record<string, unknown>;
    const bytes = parts[1]?.content ?? Buffer.alloc(0);
    expect(metadata).toEqual({
      upload_id,
      document_id: expect.stringMatching(/^doc_/),
      file_name: 'Affidavit (signed).pdf',
      content_type: 'application/pdf',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      status: 'approved',
    });
    expect(parts[1]?.head).toContain('filename="Affidavit (signed).pdf"');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(post?.headers['idempotency-key']).toMatch(/^key_/);
  });

  it('sends a file of the browser byte for byte', async () => {
    const matter = await desk.create();
    const content = Buffer.from([0, 255, 13, 10, 45, 45, 1, 2, 3]);
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(content)], { type: 'image/png' }), 'scän 1.png');
    const uploaded = await fetch(`${desk.url}/casehug/api/matters/${String(matter['id'])}/documents`, {
      method: 'POST',
      body: form,
    });
    const { upload_id } = (await uploaded.json()) as { upload_id: string };
    await desk.call('POST', `/casehug/api/matters/${String(matter['id'])}/documents/${upload_id}/approve`);
    const [metadata, file] = partsOf(desk.matterline.sent('POST /api/v1/matters/')[0]);
    expect(file?.content.equals(content)).toBe(true);
    expect(JSON.parse(metadata?.content.toString('utf8') ?? '')).toMatchObject({
      file_name: 'scän 1.png',
      content_type: 'image/png',
    });
  });

  it('approves again with the same Idempotency-Key, and decides anew with another one', async () => {
    const matter = await desk.create();
    const { upload_id } = await desk.addSample(matter['id']);
    const path = `/casehug/api/matters/${String(matter['id'])}/documents/${String(upload_id)}`;
    for (const deed of ['approve', 'approve', 'reject']) await desk.call('POST', `${path}/${deed}`);
    const sent = desk.matterline.sent('POST /api/v1/matters/');
    const keys = sent.map((request) => request.headers['idempotency-key']);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(JSON.parse(partsOf(sent[2])[0]?.content.toString('utf8') ?? '')).toMatchObject({ status: 'rejected' });
  });

  const retries = [
    { name: 'a refusal, with a new key (Matterline keeps refusals)', status: 404, same: false },
    { name: 'a 503, with the same key (it may have been stored)', status: 503, same: true },
  ];

  it.each(retries)('sends an approval again after $name', async ({ status, same }) => {
    const matter = await desk.create();
    const { upload_id } = await desk.addSample(matter['id']);
    const path = `/casehug/api/matters/${String(matter['id'])}/documents/${String(upload_id)}/approve`;
    desk.matterline.plan('POST /api/v1/matters/', { status, body: { error: { code: 'x', message: 'No.' } } });
    const refused = (await desk.call('POST', path)).body;
    desk.matterline.plan('POST /api/v1/matters/', { status: 202, body: { data: {} } });
    await desk.call('POST', path);
    const keys = desk.matterline.sent('POST /api/v1/matters/').map((request) => request.headers['idempotency-key']);
    expect(refused['sendings']).toMatchObject([{ ok: false, problem: expect.stringMatching(/./) }, {}]);
    expect(keys[0] === keys[1]).toBe(same);
  });

  it('leaves out what is not known of a client, and says null for an emptied member of the matter', async () => {
    await desk.create('', { client: { ...CLIENT, address: { line1: '1 Main St', city: '' }, mobile: '' }, state: '' });
    const body = jsonOf(desk.matterline.sent('PUT /api/v1/matters/')[0]);
    expect(body['clients']).toEqual([{ id: expect.any(String), ...CLIENT, address: { line1: '1 Main St' }, tags: [] }]);
    expect(body['state']).toBeNull();
  });

  it('replaces an upload under the same document', async () => {
    const matter = await desk.create();
    const { upload_id: first } = await desk.addSample(matter['id']);
    const path = `/casehug/api/matters/${String(matter['id'])}/documents`;
    const replaced = (
      await desk.call('POST', `${path}/${String(first)}/replace`, { sample: true, file_name: 'Newer.pdf' })
    ).body;
    await desk.call('POST', `${path}/${String(replaced['upload_id'])}/approve`);
    const metadata = JSON.parse(
      partsOf(desk.matterline.sent('POST /api/v1/matters/')[0])[0]?.content.toString('utf8') ?? '',
    ) as Record<string, unknown>;
    const documents = replaced['documents'] as { id: string; document_id: string; replaced_by: string | null }[];
    expect(metadata).toMatchObject({ upload_id: replaced['upload_id'], replaces_upload_id: first });
    expect(new Set(documents.map((one) => one.document_id)).size).toBe(1);
    expect(documents.find((one) => one.id === first)?.replaced_by).toBe(replaced['upload_id']);
  });

  it('shows the link and the state of each document as Matterline reports them', async () => {
    const matter = await desk.create();
    const { upload_id } = await desk.addSample(matter['id']);
    const path = `/api/v1/matters/${String(matter['id'])}`;
    const link = { state: 'confirmed', smokeball_number: 'AM-0001', url: 'http://sb/#/billing/view-matter/1' };
    desk.matterline.plan(`GET ${path}`, { status: 200, body: { data: { link } } });
    desk.matterline.plan(`GET ${path}/documents`, {
      status: 200,
      body: { data: [{ upload_id, state: 'confirmed', smokeball_file_id: 'file-1' }] },
    });
    const shown = (await desk.call('GET', `/casehug/api/matters/${String(matter['id'])}`)).body;
    expect(shown['matterline']).toMatchObject({ link, problem: '' });
    expect(shown['documents']).toMatchObject([
      { upload_id, matterline: { state: 'confirmed', smokeball_file_id: 'file-1' } },
    ]);
  });

  const refusals = [
    {
      name: 'a validation error',
      status: 400,
      error: {
        code: 'validation_error',
        message: 'Some fields are wrong',
        details: { fields: [{ field: 'state', message: 'unknown state' }] },
      },
      plain: 'Some fields are wrong (state: unknown state)',
    },
    {
      name: 'a wrong key',
      status: 401,
      error: { code: 'unauthorized', message: 'x', details: {} },
      plain: 'Matterline does not accept the API key. Check the key in the settings.',
    },
    {
      name: 'a pause',
      status: 503,
      error: { code: 'unavailable', message: 'The database is away.', details: {} },
      plain: 'Matterline cannot work right now: The database is away.',
    },
  ];

  it.each(refusals)('says $name in plain words and keeps the matter at the desk', async ({ status, error, plain }) => {
    desk.matterline.plan('PUT /api/v1/matters/', { status, body: { error } });
    const matter = await desk.create();
    expect(matter['sendings']).toMatchObject([{ ok: false, status, problem: plain }]);
    expect((await desk.call('GET', '/casehug/api/matters')).body['matters']).toHaveLength(1);
  });

  it('says when Matterline does not answer at all', async () => {
    await desk.matterline.stop();
    const matter = await desk.create();
    expect(matter['sendings']).toMatchObject([
      { ok: false, status: 0, problem: expect.stringContaining('does not answer at') },
    ]);
  });

  it('refuses a form without a title or with half a name, and stores nothing', async () => {
    const refused = await desk.call('POST', '/casehug/api/matters', { title: '', client: { first_name: 'Maria' } });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toMatch(/title.*last name/);
    expect((await desk.call('GET', '/casehug/api/matters')).body['matters']).toEqual([]);
  });
});
