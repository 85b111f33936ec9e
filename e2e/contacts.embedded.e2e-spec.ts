import { aClient, aMatter } from './support/a-matter';
import { mustCall, type Parsed } from './support/http';
import { newId } from './support/new-id';
import { untilLink } from './support/until';
import { waitFor } from './support/wait-for';
import { openWorld, type World, WORLD_MS } from './support/world';

const CASE_MS = 60_000;

describe('contacts', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()), WORLD_MS);
  afterAll(async () => world?.product.stop(), 60_000);

  const asUser = (where: string, json: unknown, method = 'POST'): Promise<Parsed> =>
    mustCall(method, `${world.product.simulator.url}/_sim/us/as-user/${where}`, { json });
  const addContact = async (body: object): Promise<string> => (await asUser('contacts', body)).id as string;
  const contacts = async (): Promise<readonly Parsed[]> => (await world.product.simulator.firm()).contacts;
  const contact = async (id: string): Promise<Parsed> => (await contacts()).find((one: Parsed) => one.id === id);
  const named = async (last: unknown) =>
    (await contacts()).filter((one: Parsed) => one.person?.lastName === last && !one.isDeleted);
  const matterOf = async (id: string): Promise<Parsed> =>
    (await world.product.simulator.firm()).matters.find((one: Parsed) => one.externalSystemId === id);
  const put = (id: string, json: unknown, query = '?sync=true') =>
    world.firm.api('PUT', `/api/v1/matters/${id}${query}`, { json });
  const sync = async (client: object): Promise<{ matterId: string; contactId: string }> => {
    const matterId = newId('mat');
    await put(matterId, aMatter({ clients: [client] }));
    await untilLink(world.firm, matterId, 'confirmed');
    return { matterId, contactId: (await matterOf(matterId)).clientIds[0] as string };
  };
  const operations = async (matterId: string): Promise<string[]> =>
    (
      await world.firm.api('GET', `/api/v1/integrations/smokeball/sync?matter_id=${matterId}&per_page=100`)
    ).body.data.map(({ kind, state }: Parsed) => `${kind} ${state}`);
  const calls = async (since: number): Promise<string[]> =>
    (await world.product.simulator.requests('us', since)).map(
      ({ method, template }: Parsed) => `${method} ${template}`,
    );

  /** A new connection reads all contacts once, by itself. */
  const untilIndexFilled = () =>
    waitFor(
      'the first reading',
      async () => (await world.firm.session.call('GET', '/api/v1/console/contact-index')).body.data.state === 'filled',
    );

  describe('are looked for before they are created', () => {
    it(
      'nobody there: one search, one create, one contact',
      async () => {
        await untilIndexFilled();
        const client = aClient();
        const since = await world.product.simulator.newestRequest();
        await sync(client);
        expect(await named(client.last_name)).toMatchObject([{ externalSystemId: client.id }]);
        const made = (await calls(since)).filter((call) => call === 'GET /contacts' || call === 'POST /contacts');
        expect(made).toEqual(['GET /contacts', 'POST /contacts']);
      },
      CASE_MS,
    );

    it(
      'by e-mail, whatever its case: linked, and nothing is written into it',
      async () => {
        const client = aClient();
        const person = {
          firstName: 'Ilse',
          lastName: client.last_name,
          email: client.email.toUpperCase(),
          notes: 'Known since 2019',
        };
        const id = await addContact({ person });
        const before = await contact(id);
        expect((await sync(client)).contactId).toBe(id);
        expect(await named(client.last_name)).toHaveLength(1);
        expect((await contact(id)).versionId).toBe(before.versionId);
      },
      CASE_MS,
    );

    it(
      'a company by its e-mail',
      async () => {
        const email = `office.${newId('x')}@example.com`.replace('_', '');
        const id = await addContact({ company: { name: 'Basalt Quarries LLC', email } });
        const client = { id: newId('cli'), company_name: 'Basalt Quarries', email };
        expect((await sync(client)).contactId).toBe(id);
      },
      CASE_MS,
    );

    it(
      'a deleted one does not count and stays deleted',
      async () => {
        const client = aClient();
        const person = { firstName: 'Ilse', lastName: client.last_name, email: client.email };
        const id = await addContact({ person });
        await asUser(`contacts/${id}`, { isDeleted: true });
        const { contactId } = await sync(client);
        expect(contactId).not.toBe(id);
        expect((await contact(id)).isDeleted).toBe(true);
      },
      CASE_MS,
    );

    it(
      'by number and name from the phone index, which events keep',
      async () => {
        const client = aClient({ email: null });
        const [area, last4] = [client.phone.slice(1, 4), client.phone.slice(-4)];
        const known = async (): Promise<number> =>
          (await world.firm.session.call('GET', '/api/v1/console/contact-index')).body.data.known;
        await untilIndexFilled();
        const before = await known();
        const id = await addContact({
          person: { firstName: 'Ilse', lastName: client.last_name, cell: { number: `${area}.555.${last4}` } },
        });
        await waitFor('the index to know it', async () => (await known()) > before);
        expect((await sync(client)).contactId).toBe(id);
        expect(await named(client.last_name)).toHaveLength(1);
      },
      CASE_MS,
    );

    it(
      'the first reading has put those in that were there before the firm connected',
      async () => {
        const index = (await world.firm.session.call('GET', '/api/v1/console/contact-index')).body.data;
        expect(index).toMatchObject({ state: 'filled' });
        expect(index.read).toBeGreaterThanOrEqual(30);
        const seeded = (await contacts()).find(
          (one: Parsed) => one.person?.phone && one.person.email && !one.isDeleted,
        );
        const { firstName, lastName, phone } = seeded.person;
        const client = {
          id: newId('cli'),
          first_name: firstName,
          last_name: lastName,
          phone: `${phone.areaCode ?? ''}${phone.number}`,
        };
        expect((await sync(client)).contactId).toBe(seeded.id);
      },
      CASE_MS,
    );
  });

  describe('that are linked', () => {
    it(
      'follow an edit in CaseHug member by member, and keep what Smokeball’s users wrote',
      async () => {
        const client = aClient({ mobile: '(312) 555-0199' });
        const { matterId, contactId } = await sync(client);
        const { person } = await contact(contactId);
        await asUser(`contacts/${contactId}`, {
          person: {
            ...person,
            notes: 'Prefers tea',
            lastName: `${client.last_name}-Lopez`,
            cell: { number: '312/555 0100' },
          },
        });
        await put(
          matterId,
          { clients: [{ ...client, email: 'new.address@example.com', mobile: null, phone: undefined }] },
          '',
        );
        await waitFor('the edit', async () => (await contact(contactId)).person.email === 'new.address@example.com');
        expect((await contact(contactId)).person).toMatchObject({
          firstName: 'Ilse',
          lastName: `${client.last_name}-Lopez`,
          notes: 'Prefers tea',
          cell: { number: '312/555 0100' },
          phone: person.phone,
        });
      },
      CASE_MS,
    );

    it(
      'and deleted in Smokeball are never brought back',
      async () => {
        const client = aClient();
        const { matterId, contactId } = await sync(client);
        await asUser(`contacts/${contactId}`, { isDeleted: true });
        const since = await world.product.simulator.newestRequest();
        await put(matterId, { clients: [{ ...client, email: 'other@example.com' }] }, '');
        await waitFor('the refusal', async () =>
          (await operations(matterId)).some((one) => /^contact\.(update|push) failed$/.test(one)),
        );
        const sent = await calls(since);
        expect(sent.filter((call) => call === 'PUT /contacts/{id}' || call === 'POST /contacts')).toEqual([]);
        expect((await contact(contactId)).isDeleted).toBe(true);
        expect(await named(client.last_name)).toEqual([]);
      },
      CASE_MS,
    );
  });

  describe('have tags', () => {
    const tags = async (id: string) =>
      (await contact(id)).tags.filter(({ type }: Parsed) => type === 'Custom').map(({ name }: Parsed) => name);

    it(
      'that join those of Smokeball’s users; only ours go again',
      async () => {
        const client = aClient({ tags: ['VIP', 'Needs interpreter'] });
        const { matterId, contactId } = await sync(client);
        await waitFor('the tags', async () => (await tags(contactId)).length === 2);
        await asUser(`contacts/${contactId}/tags`, { tags: ['VIP', 'Needs interpreter', 'Of the office'] }, 'PUT');
        await put(matterId, { clients: [{ ...client, tags: ['vip', 'of the OFFICE', 'Urgent'] }] }, '');
        await waitFor('the change', async () => (await tags(contactId)).includes('Urgent'));
        await waitFor('the removal', async () => !(await tags(contactId)).includes('Needs interpreter'));
        expect([...(await tags(contactId))].sort()).toEqual(['Of the office', 'Urgent', 'VIP']);
        await put(matterId, { clients: [{ ...client, tags: [] }] }, '');
        await waitFor('the end', async () => (await tags(contactId)).length === 1);
        expect(await tags(contactId)).toEqual(['Of the office']);
        const roles = (await contact(contactId)).tags.filter(({ type }: Parsed) => type === 'Role');
        expect(roles).toHaveLength(1);
      },
      CASE_MS,
    );

    it(
      'cost one call for a new contact',
      async () => {
        const client = aClient({ tags: ['A', 'B'] });
        const since = await world.product.simulator.newestRequest();
        const { contactId } = await sync(client);
        await waitFor('the tags', async () => (await tags(contactId)).length === 2);
        expect((await calls(since)).filter((call) => call.includes('/tags'))).toEqual(['POST /contacts/{id}/tags']);
      },
      CASE_MS,
    );
  });
});
