import { aClient, aMatter } from '../support/a-matter';
import type { Parsed } from '../support/http';
import { newId } from '../support/new-id';
import { samplePdf } from '../support/sample-pdf';
import { untilLink } from '../support/until';
import { upload } from '../support/upload';
import { waitFor } from '../support/wait-for';
import { openWorld, type World, WORLD_MS } from '../support/world';

describe('matters', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()), WORLD_MS);
  afterAll(async () => world?.product.stop(), 60_000);

  const put = (id: string, json: unknown, query = '') =>
    world.firm.api('PUT', `/api/v1/matters/${id}${query}`, { json });
  const get = async (id: string): Promise<Parsed> => (await world.firm.api('GET', `/api/v1/matters/${id}`)).body.data;
  const inSmokeball = async (id: string) =>
    (await world.product.simulator.firm()).matters.filter((one: Parsed) => one.externalSystemId === id);
  const contact = async (id: string) =>
    (await world.product.simulator.firm()).contacts.find((one: Parsed) => one.id === id);

  it('keeps a first picture and sends nothing by itself', async () => {
    const [id, sent] = [newId('mat'), aMatter({ county: 'Cook', description: 'Long', tags: ['vip'] })];
    const since = await world.product.simulator.newestRequest();
    const answer = await put(id, sent);
    expect(answer.status).toBe(202);
    expect(answer.body.data).toMatchObject({
      ...sent,
      id,
      link: { state: 'not_synced', smokeball_matter_id: null, smokeball_number: null, url: null, error: null },
      operations: [],
    });
    const writes = (await world.product.simulator.requests('us', since)).filter(({ method }) => method === 'POST');
    expect(writes).toEqual([]);
    expect(await inSmokeball(id)).toEqual([]);
  });

  it('sends it with ?sync=true: type, number, client, ids, link', async () => {
    const [id, sent] = [newId('mat'), aMatter({ title: 'Hale v. Hale', description: 'Two houses' })];
    const [client] = sent.clients;
    expect((await put(id, sent, '?sync=true')).body.data.link.state).toBe('pending');
    const matter = await untilLink(world.firm, id, 'confirmed');
    const [stored, ...others] = await inSmokeball(id);
    expect(others).toEqual([]);
    expect(stored).toMatchObject({
      number: sent.case_number,
      description: expect.stringMatching(/^Hale v\. Hale[\s\S]*Two houses$/),
      matterType: { name: 'Divorce' },
      status: 'Open',
    });
    expect(matter.link).toMatchObject({
      smokeball_matter_id: stored.id,
      smokeball_number: sent.case_number,
      url: `${world.product.simulator.url}/us/app/#/billing/view-matter/${stored.id}`,
      error: null,
    });
    expect(await contact(stored.clientIds[0] as string)).toMatchObject({
      externalSystemId: client?.id,
      person: { firstName: client?.first_name, lastName: client?.last_name, email: client?.email },
    });
    expect(matter.operations.map(({ kind, state }: Parsed) => `${kind} ${state}`).sort()).toEqual([
      'contact.push succeeded',
      'matter.push succeeded',
    ]);
  }, 40_000);

  it.each([
    ['an absent member stays', {}, { county: 'Cook', tags: ['a', 'b'] }],
    ['null clears', { county: null, tags: null }, { county: null, tags: [] }],
    ['an array replaces', { tags: ['c'] }, { county: 'Cook', tags: ['c'] }],
    ['an empty array clears', { tags: [], attorneys: [] }, { county: 'Cook', tags: [], attorneys: [] }],
    ['blanks at the ends go', { county: '  Lake ' }, { county: 'Lake' }],
  ])('applies a later picture: %s', async (_what, change, expected) => {
    const id = newId('mat');
    const attorneys = [{ email: 'a@example.com', role: 'responsible' }];
    await put(id, aMatter({ county: 'Cook', tags: ['a', 'b'], attorneys }));
    expect((await put(id, change)).status).toBe(202);
    expect(await get(id)).toMatchObject({ title: 'A divorce', attorneys, ...expected });
  });

  it('applies nothing of an older picture', async () => {
    const id = newId('mat');
    await put(id, aMatter({ title: 'Newer', updated_at: '2026-03-07T14:00:00.000Z' }));
    const older = await put(id, { title: 'Older', updated_at: '2026-03-07T13:59:59.000Z' });
    expect([older.status, older.body.data.title]).toEqual([200, 'Newer']);
    const same = await put(id, { title: 'Same moment', updated_at: '2026-03-07T15:00:00.000+01:00' });
    expect([same.status, same.body.data.title]).toEqual([202, 'Same moment']);
    expect((await put(id, { title: 'Undated' })).body.data.title).toBe('Undated');
    expect((await put(id, { title: 'Later', updated_at: '2027-01-01T00:00:00Z' })).status).toBe(202);
    expect((await get(id)).title).toBe('Later');
  });

  it('waits for a client and goes on by itself when one comes', async () => {
    const id = newId('mat');
    const waiting = await put(id, aMatter({ clients: [] }), '?sync=true');
    expect(waiting.body.data.link).toMatchObject({
      state: 'waiting_for_client',
      error: { code: 'waiting_for_client' },
    });
    expect(await inSmokeball(id)).toEqual([]);
    await put(id, { clients: [aClient()] });
    await untilLink(world.firm, id, 'confirmed');
    expect(await inSmokeball(id)).toHaveLength(1);
  }, 40_000);

  it('never guesses a matter type', async () => {
    const id = newId('mat');
    await put(id, aMatter({ case_type: 'Astrology dispute', practice_area: 'other' }), '?sync=true');
    const matter = await untilLink(world.firm, id, 'needs_mapping');
    expect(matter.link.error).toMatchObject({ code: 'needs_mapping', message: expect.stringContaining('matter type') });
    expect(matter.operations.find(({ kind }: Parsed) => kind === 'matter.push')).toMatchObject({ state: 'held' });
    expect(await inSmokeball(id)).toEqual([]);
    await put(id, { case_type: 'Divorce (Standard)', practice_area: 'family_law' });
    await untilLink(world.firm, id, 'confirmed');
    expect(await inSmokeball(id)).toHaveLength(1);
  }, 40_000);

  it('keeps equal ids of two firms apart', async () => {
    const id = newId('mat');
    await put(id, aMatter({ title: 'Ours' }));
    await world.other.api('PUT', `/api/v1/matters/${id}`, { json: aMatter({ title: 'Theirs' }) });
    expect((await get(id)).title).toBe('Ours');
    expect((await world.other.api('GET', `/api/v1/matters/${id}`)).body.data.title).toBe('Theirs');
  });

  it('follows edits of a linked matter, and brings a company, phones and other sides along', async () => {
    const id = newId('mat');
    const company = aClient({
      first_name: null,
      last_name: null,
      company_name: 'Basalt & Daughters',
      phone: '(312) 555-0109',
    });
    const opponent = aClient();
    await put(id, aMatter({ clients: [company], other_sides: [opponent] }), '?sync=true');
    await untilLink(world.firm, id, 'confirmed');
    const [stored] = await inSmokeball(id);
    expect(await contact(stored.clientIds[0] as string)).toMatchObject({
      company: { name: 'Basalt & Daughters', phone: { areaCode: '312', number: expect.stringMatching(/^555-?0109$/) } },
    });
    expect(await contact(stored.otherSideIds[0] as string)).toMatchObject({ externalSystemId: opponent.id });
    await put(id, { description: 'Moved to mediation' });
    await waitFor('the edit in Smokeball', async () =>
      String((await inSmokeball(id))[0]?.description).includes('Moved to mediation'),
    );
    await put(id, { clients: [{ ...company, email: 'office@basalt.example' }] });
    await waitFor('the contact’s edit', async () => {
      const now = await contact(stored.clientIds[0] as string);
      return now.company.email === 'office@basalt.example';
    });
    expect(await inSmokeball(id)).toHaveLength(1);
  }, 60_000);

  it('finds by whole words, whole numbers and the beginning of ids, by state, and nothing else', async () => {
    const id = newId('mat');
    const client = aClient({ first_name: 'Zoë', last_name: 'Przybylska', phone: '(872) 555-0163' });
    await put(id, aMatter({ title: 'Estate of Vandermeer', case_number: 'QX-20931', clients: [client] }));
    const find = async (q: string): Promise<string[]> =>
      (await world.firm.api('GET', `/api/v1/matters?q=${encodeURIComponent(q)}`)).body.data.map(
        (one: Parsed) => one.id,
      );
    const hits = [
      'vandermeer',
      'VANDERMEER estate',
      'zoe przybylska',
      'Przybylska',
      'QX-20931',
      '872 555 0163',
      id.slice(0, 9),
      id,
    ];
    for (const q of hits) expect([q, await find(q)]).toEqual([q, [id]]);
    for (const q of ['vander', 'meer', '2093', 'vandermeer nobody', '%', '_', id.slice(4)])
      expect([q, await find(q)]).toEqual([q, []]);
    const inState = async (state: string) =>
      (await world.firm.api('GET', `/api/v1/matters?state=${state}&q=vandermeer`)).body.data.length as number;
    expect([await inState('not_synced'), await inState('confirmed')]).toEqual([1, 0]);
  });

  it('syncs with its first approved document, and not with one that is not approved', async () => {
    const id = newId('mat');
    await put(id, aMatter());
    await upload(world.firm, id, samplePdf(), { metadata: { status: 'uploaded' } });
    expect((await get(id)).link.state).toBe('not_synced');
    await upload(world.firm, id, samplePdf());
    await untilLink(world.firm, id, 'confirmed');
    expect(await inSmokeball(id)).toHaveLength(1);
  }, 40_000);
});
