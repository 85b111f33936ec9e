import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { aClient, aMatter } from './support/a-matter';
import { launchBrowser } from './support/browser';
import { mustCall, type Parsed } from './support/http';
import { newId } from './support/new-id';
import { tempFolder } from './support/temp-folder';
import { untilLink } from './support/until';
import { openWorld, type World, WORLD_MS } from './support/world';

const CASE_MS = 60_000;

describe('contacts of whom it is not sure who they are', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()), WORLD_MS);
  afterAll(async () => world?.product.stop(), 60_000);

  const asUser = (where: string, json: unknown, method = 'POST'): Promise<Parsed> =>
    mustCall(method, `${world.product.simulator.url}/_sim/us/as-user/${where}`, { json });
  const addContact = async (body: object): Promise<string> => (await asUser('contacts', body)).id as string;
  const contacts = async (): Promise<readonly Parsed[]> => (await world.product.simulator.firm()).contacts;
  const named = async (last: unknown) =>
    (await contacts()).filter((one: Parsed) => one.person?.lastName === last && !one.isDeleted);
  const matterOf = async (id: string): Promise<Parsed> =>
    (await world.product.simulator.firm()).matters.find((one: Parsed) => one.externalSystemId === id);
  const put = (id: string, json: unknown, query = '?sync=true') =>
    world.firm.api('PUT', `/api/v1/matters/${id}${query}`, { json });
  const reviews = async (): Promise<readonly Parsed[]> =>
    (await world.firm.session.call('GET', '/api/v1/console/contact-reviews?per_page=100')).body.data;
  /** A client whose e-mail address stands at the spouse's contact. */
  const unsure = async () => {
    const client = aClient();
    const id = await addContact({ person: { firstName: 'Bruno', lastName: client.last_name, email: client.email } });
    const matterId = newId('mat');
    await put(matterId, aMatter({ title: `Matter of ${client.last_name}`, clients: [client] }));
    await untilLink(world.firm, matterId, 'needs_review');
    return { client, id, matterId };
  };

  it(
    'wait with their candidates; nothing is linked or made until a person links one',
    async () => {
      const { client, id, matterId } = await unsure();
      expect(await named(client.last_name)).toHaveLength(1);
      expect(await matterOf(matterId)).toBeUndefined();
      const [review] = (await reviews()).filter((one) => one.client_id === client.id);
      expect(review.candidates).toMatchObject([
        {
          contact_id: id,
          reasons_for: ['Same e-mail address'],
          reasons_against: ['Another first name: “Bruno”, not “Ilse”'],
          url: `${world.product.simulator.url}/us/app/#/billing/view-contact/${id}/details`,
        },
      ]);
      const answer = await world.firm.session.call('POST', `/api/v1/console/contact-reviews/${client.id}/decision`, {
        json: { decision: 'link', contact_id: id },
      });
      expect(answer.status).toBe(202);
      await untilLink(world.firm, matterId, 'confirmed');
      expect((await matterOf(matterId)).clientIds).toEqual([id]);
      expect(await named(client.last_name)).toHaveLength(1);
      expect((await reviews()).filter((one) => one.client_id === client.id)).toEqual([]);
    },
    CASE_MS,
  );

  it(
    'several sure ones are never linked by themselves',
    async () => {
      const client = aClient();
      const person = { firstName: 'Ilse', lastName: client.last_name, email: client.email };
      const ids = [await addContact({ person }), await addContact({ person })];
      const matterId = newId('mat');
      await put(matterId, aMatter({ clients: [client] }));
      await untilLink(world.firm, matterId, 'needs_review');
      const [review] = (await reviews()).filter((one) => one.client_id === client.id);
      expect(review.candidates.map((one: Parsed) => one.contact_id).sort()).toEqual([...ids].sort());
      expect(await named(client.last_name)).toHaveLength(2);
    },
    CASE_MS,
  );

  it(
    'a service key cannot decide, and another firm sees nothing',
    async () => {
      const { client } = await unsure();
      const url = `/api/v1/console/contact-reviews/${client.id}/decision`;
      expect((await world.firm.api('POST', url, { json: { decision: 'create' } })).status).toBe(403);
      expect((await world.other.session.call('POST', url, { json: { decision: 'create' } })).status).toBe(404);
    },
    CASE_MS,
  );

  it('a person decides in the console: takes it back once, then has a new contact created', async () => {
    const { client, matterId } = await unsure();
    const browser: Browser = await launchBrowser();
    const shots = tempFolder('review');
    try {
      const page: Page = await browser.newPage({ viewport: { width: 360, height: 780 } });
      page.setDefaultTimeout(20_000);
      await page.goto(`${world.product.apiUrl}/review`);
      await page.getByLabel('E-mail').fill(world.firm.admin.email);
      await page.getByLabel('Password', { exact: true }).fill(world.firm.admin.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      const card = page.locator('ml-review-card').filter({ hasText: `Ilse ${client.last_name}` });
      await card.getByText('Another first name: “Bruno”, not “Ilse”').waitFor();
      const isTooWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
      expect(isTooWide).toBe(false);
      await page.screenshot({ path: path.join(shots.dir, 'review-360.png'), fullPage: true });
      await card.getByRole('button', { name: `Create a new contact for Ilse ${client.last_name}` }).click();
      await card.getByText('A new contact will be created').waitFor();
      await card.getByRole('button', { name: 'Undo' }).click();
      await card.getByRole('button', { name: `Create a new contact for Ilse ${client.last_name}` }).click();
      await card.getByText('A new contact will be created').waitFor();
      await untilLink(world.firm, matterId, 'confirmed');
      await card.waitFor({ state: 'detached' });
    } finally {
      await browser.close();
      shots.remove();
    }
    const both = await named(client.last_name);
    expect(both.map((one: Parsed) => one.person.firstName).sort()).toEqual(['Bruno', 'Ilse']);
    const mine = both.find((one: Parsed) => one.person.firstName === 'Ilse');
    expect((await matterOf(matterId)).clientIds).toEqual([mine.id]);
  }, 90_000);
});
