import type { Browser, BrowserContext, Page } from 'playwright-core';
import { aMatter } from './support/a-matter';
import { launchBrowser } from './support/browser';
import { MattersWorld } from './support/matters-world';
import { newId } from './support/new-id';
import { untilLink } from './support/until';
import { WORLD_MS } from './support/world';
import { Complaints } from './newcomer/watched-page';

jest.setTimeout(90_000);

const SHOTS = process.env['SHOTS_DIR'];

describe('the mapping page, in a browser', () => {
  let matters: MattersWorld;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints = new Complaints();

  beforeAll(async () => {
    matters = await MattersWorld.open();
    browser = await launchBrowser();
    context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      baseURL: matters.world.product.apiUrl,
    });
    complaints.watch(context);
    page = await context.newPage();
  }, WORLD_MS);
  afterAll(async () => {
    await browser?.close();
    await matters?.close();
  }, 60_000);

  const shot = async (name: string) => {
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, animations: 'disabled' });
  };
  /** How far the page can be scrolled sideways. */
  const overflow = () =>
    page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  it('is reached from what waits, and lets it go on by one choice', async () => {
    const caseType = `Lunar settlement ${newId('x').slice(2)}`;
    const id = newId('mat');
    await matters.linked();
    await matters.put(id, aMatter({ title: 'Moon base', case_type: caseType, practice_area: null }), '?sync=true');
    await untilLink(matters.world.firm, id, 'needs_mapping');

    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(matters.world.firm.admin.email);
    await page.getByLabel('Password').fill(matters.world.firm.admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Sync history' }).first().waitFor();
    await page.goto(`/sync-history/${(await matters.operation(id, 'matter.push')).id}`);
    await page.getByRole('link', { name: 'Open Mapping' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mapping' }).waitFor();
    await page.getByText('One matter waits for your choice.').waitFor();
    await page.getByText('Best match · 98 %').waitFor();
    await shot('mapping-list');

    await page.getByRole('button', { name: `Choose a type for ${caseType}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Search by name or category').fill('real est');
    await dialog.getByRole('radio', { name: /^Easement/ }).check();
    await dialog.getByLabel('The client is the').click();
    await page.getByRole('option', { name: 'Seller', exact: true }).click();
    await shot('mapping-dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. The waiting matter goes on now.').waitFor();
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('row').filter({ hasText: caseType });
    await row.getByText('Your choice').waitFor();
    expect(await row.textContent()).toContain('client is Seller');

    await untilLink(matters.world.firm, id, 'confirmed');
    expect(await matters.remote(id)).toMatchObject({ matterType: { name: 'Easement' } });
    await page.getByText('One matter waits').waitFor({ state: 'detached' });
  });

  it('says on the matter’s own page who could not be entered', async () => {
    const { id } = await matters.linked({ attorneys: [{ email: 'no.body@harborpine.example', role: 'responsible' }] });
    await page.goto(`/matters/${id}`);
    await page.getByText('(no.body@harborpine.example)').waitFor();
    await shot('matter-notice');
  });

  it.each(['light', 'dark'] as const)('fits a narrow screen in the %s theme, with its dialog', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/settings/mapping');
    await page.getByRole('button', { name: /^Choose a type for Everything else/ }).waitFor();
    expect(await overflow()).toBe(0);
    await shot(`mapping-360-${colorScheme}`);
    await page.getByRole('button', { name: /^Choose a type for Everything else/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Choose a place to see its matter types.').waitFor();
    await dialog.getByLabel('Matter types of').click();
    await page.getByRole('option', { name: 'Illinois' }).click();
    await dialog.getByLabel('Search by name or category').fill('adop');
    await dialog.getByRole('radio', { name: /^Adoption/ }).waitFor();
    expect(await overflow()).toBe(0);
    await shot(`mapping-360-dialog-${colorScheme}`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('has given the browser nothing to complain about', () => expect(complaints.all).toEqual([]));
});
