import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { CaseHugDesk, type Intake, PbxDesk } from './newcomer/desks';
import { StartedProduct, type WhereAndWho } from './newcomer/started-product';
import { Complaints } from './newcomer/watched-page';
import { launchBrowser } from './support/browser';
import { freePort } from './support/free-port';
import { mustCall, type Parsed } from './support/http';
import { isAlive, isListening } from './support/is-alive';
import { samplePdf } from './support/sample-pdf';
import { Simulator } from './support/simulator';
import { tempFolder } from './support/temp-folder';
import { waitFor } from './support/wait-for';

const START_MS = 260_000;
const SCREENSHOTS = path.join(os.tmpdir(), 'matterline-newcomer');
const SECONDS_OF_A_LATER_START = 20;

const INTAKE: Intake = {
  title: 'Quintero — Divorce (Standard)',
  caseNumber: 'CH-2026-7741',
  caseType: 'Divorce (Standard)',
  state: 'IL',
  firstName: 'Paloma',
  lastName: 'Quintero',
  email: 'paloma.quintero@example.com',
  phone: '(312) 555-0171',
};
/** The same number as the network writes it. */
const CALLER = '+13125550171';
const CLIENT = `${INTAKE.firstName} ${INTAKE.lastName}`;

describe('a newcomer', () => {
  const folder = tempFolder('newcomer');
  const complaints = new Complaints();
  const [first, second] = [samplePdf('Financial affidavit.pdf'), samplePdf('Parenting plan.pdf')];
  const settings = { port: 0, simulatorPort: 0, dataDir: folder.dir };
  let product: StartedProduct;
  let where: WhereAndWho;
  let simulator: Simulator;
  let browser: Browser;
  let context: BrowserContext;
  let console_: Page;
  let matter: Parsed;

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    Object.assign(settings, { port: await freePort(), simulatorPort: await freePort() });
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(20_000);
    complaints.watch(context);
    product = await StartedProduct.start(settings);
  }, START_MS);

  afterAll(async () => {
    await browser?.close();
    await product?.interrupt();
    folder.remove();
  }, 60_000);

  const shot = (page: Page, name: string) => page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  const open = async (address: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(address);
    return page;
  };
  const menu = (name: string) => console_.getByRole('link', { name, exact: true }).first().click();
  const firm = () => simulator.firm('us');
  const filesOfMatter = async () => (await firm()).files.filter((file: Parsed) => file.matterId === matter.id);
  const rowOf = (what: string): Locator => console_.getByRole('row').filter({ hasText: what });

  it('reads in the terminal where everything is and how to sign in', async () => {
    where = product.read();
    simulator = new Simulator(where.simulator.replace(/\/$/, ''));
    expect(where.console).toBe(`http://localhost:${settings.port}/`);
    expect(where.simulator).toBe(`http://localhost:${settings.simulatorPort}/`);
    expect(product.program.output).toMatch(/Three things to try\n {2}1\. .+\n {2}2\. .+\n {2}3\. /);
    expect(where.password.length).toBeGreaterThanOrEqual(12);
    const documents = await open(where.apiDocs);
    await documents.getByText('Matterline', { exact: false }).first().waitFor();
    await documents.close();
  });

  it('signs in to the console', async () => {
    console_ = await open(where.console);
    await console_.getByLabel('E-mail').fill(where.email);
    await console_.getByLabel('Password').fill(where.password);
    await shot(console_, '01-sign-in');
    await console_.getByRole('button', { name: 'Sign in' }).click();
    await console_.getByRole('heading', { name: 'Not connected to Smokeball yet', level: 1 }).waitFor();
    await shot(console_, '02-overview-first');
  }, 30_000);

  it('connects to Smokeball under Settings → Integrations', async () => {
    await menu('Integrations');
    await console_.getByRole('heading', { name: 'Smokeball', exact: true }).waitFor();
    await shot(console_, '03-integrations');
    await console_.getByRole('button', { name: 'Connect to Smokeball' }).click();
    await console_.getByRole('heading', { name: 'Sign in to Smokeball' }).waitFor();
    await shot(console_, '04-consent');
    const [user] = (await firm()).users;
    await console_.getByLabel('E-mail').fill(user?.email ?? '');
    await console_.getByLabel('Password').fill(user?.password ?? '');
    await console_.getByRole('button', { name: 'Allow' }).click();
    await console_.getByText('You are connected').waitFor();
    await console_.getByText(`Connected: ${(await firm()).name}`).waitFor();
    await shot(console_, '05-connected');
    const registered = await waitFor('the webhook registration', async () => (await firm()).webhooks[0]);
    expect(registered.eventNotificationUrl).toMatch(new RegExp(`^${where.console}hooks/smokeball/hook_`));
  }, 40_000);

  it('creates a matter on the CaseHug desk, approves a PDF, and finds all of it in Smokeball', async () => {
    const before = await firm();
    const desk = await open(where.caseHugDesk);
    await new CaseHugDesk(desk).createMatter(INTAKE);
    await new CaseHugDesk(desk).uploadAndApprove(first);
    matter = await waitFor('the matter', async () =>
      (await firm()).matters.find(({ number }: Parsed) => number === INTAKE.caseNumber),
    );
    const file = await waitFor('the file', async () => (await filesOfMatter()).find((one: Parsed) => one.isUploaded));
    const after = await firm();
    expect(after.matters.length - before.matters.length).toBe(1);
    expect(after.contacts.length - before.contacts.length).toBe(1);
    const client = after.contacts.find(({ person }: Parsed) => person?.lastName === INTAKE.lastName);
    expect(client).toMatchObject({ person: { firstName: INTAKE.firstName, email: INTAKE.email } });
    expect(matter).toMatchObject({
      matterType: { name: 'Divorce' },
      clientIds: [client.id],
      status: 'Open',
      isLead: false,
      externalSystemId: expect.stringMatching(/^mat_/),
    });
    expect(matter.matterTypeId).toMatch(/_IL$/i);
    expect(file).toMatchObject({ name: 'Financial affidavit', fileExtension: '.pdf', sizeBytes: first.bytes.length });
    expect(file.versions).toHaveLength(1);
    expect(await simulator.sha256OfFile(file.id as string)).toBe(first.sha256);
    await desk.getByText(`In Smokeball: ${INTAKE.caseNumber}`).first().waitFor();
    await shot(desk, '06-casehug-desk');
    await desk.close();
  }, 90_000);

  it('sees the pages of the simulated Smokeball show it too', async () => {
    const page = await open(`${where.simulator}us/app/#/billing/view-matter/${matter.id}`);
    await page.getByText(INTAKE.caseNumber).first().waitFor();
    await page.getByText('Financial affidavit').first().waitFor();
    await shot(page, '07-smokeball-matter');
    await page.close();
  });

  it('reads each step in the history', async () => {
    await menu('Sync history');
    const rows = ['Send contact', 'Send matter', 'Send document'];
    for (const what of rows) await rowOf(what).getByText('Done').first().waitFor();
    await shot(console_, '08-history');
    await console_.getByRole('link', { name: /Send document/ }).click();
    await console_.getByRole('heading', { name: 'Step by step' }).waitFor();
    const steps = await console_.locator('ml-step-timeline li').allTextContents();
    expect(steps.length).toBeGreaterThanOrEqual(3);
    await shot(console_, '09-operation');
  }, 40_000);

  it('rings extension 504 from the client’s number in another format, and follows the link', async () => {
    const desk = await open(where.pbxDesk);
    const pop = await new PbxDesk(desk).ring('504', CALLER);
    await shot(desk, '10-pbx-desk');
    expect(pop.title).toContain(CLIENT);
    const toMatter = pop.links.find(({ text }) => text.includes(INTAKE.caseNumber));
    expect(toMatter?.url).toBe(`${where.simulator}us/app/#/billing/view-matter/${matter.id}`);
    const [page] = await Promise.all([
      context.waitForEvent('page').catch(() => null),
      desk.locator('.pop').getByRole('link', { name: INTAKE.caseNumber }).click(),
    ]);
    const shown = page ?? desk;
    await shown.getByRole('heading', { level: 1 }).filter({ hasText: INTAKE.lastName }).waitFor();
    expect(shown.url()).toBe(toMatter?.url);
    await shown.close();
    if (!desk.isClosed()) await desk.close();
  }, 60_000);

  it('closes the matter in Smokeball: the console and the CaseHug desk hear of it', async () => {
    await menu('Matters');
    await console_.getByRole('link', { name: INTAKE.title }).click();
    await console_.locator('ml-link-card').getByText('Open', { exact: true }).waitFor();
    const page = await open(`${where.simulator}us/app/#/billing/view-matter/${matter.id}`);
    const form = page.getByRole('form', { name: 'Change as a Smokeball user' });
    await form.getByLabel('Status').selectOption('Closed');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved as a Smokeball user.').waitFor();
    await page.close();
    await console_.locator('ml-link-card').getByText('Closed', { exact: true }).waitFor();
    await console_.locator('ml-link-card').getByText('Divorce', { exact: true }).waitFor();
    await console_.getByRole('link', { name: `Send contact ${CLIENT}` }).waitFor();
    expect(await console_.getByRole('main').textContent()).not.toMatch(/\[object Object\]|undefined|NaN/);
    await shot(console_, '11-matter-closed');
    const told = await waitFor('matter.status_changed', async () => {
      const { notifications } = await mustCall('GET', `${where.simulator}casehug/api/notifications`);
      return (notifications as Parsed[]).find(({ type }) => type === 'matter.status_changed');
    });
    expect(told).toMatchObject({
      signature_ok: true,
      body: { data: { status: 'Closed', previous_status: 'Open', smokeball_matter_id: matter.id } },
    });
    const desk = await open(where.caseHugDesk);
    await desk.getByText('Signature holds').first().waitFor();
    await desk.close();
  }, 60_000);

  it('breaks Smokeball, reads a plain reason, mends it, clicks Retry, and the document arrives once', async () => {
    const faults = await open(`${where.simulator}faults/`);
    await faults.getByRole('switch', { name: 'Smokeball down' }).click();
    await faults.getByText('Switched on: Smokeball down.').waitFor();
    const desk = await open(where.caseHugDesk);
    await new CaseHugDesk(desk).uploadAndApprove(second);
    await desk.close();
    await menu('Sync history');
    const row = rowOf(second.name);
    await row.getByText('Smokeball did not answer or reported a fault of its own.').waitFor();
    await row.getByText('Failed, will retry').waitFor();
    await shot(console_, '12-failed');
    expect(await filesOfMatter()).toHaveLength(1);
    await faults.getByRole('button', { name: 'All well again' }).click();
    await faults.getByText('All is well.').waitFor();
    await faults.close();
    await row.getByRole('button', { name: /Retry/ }).click();
    await row.getByText('Done').waitFor();
    const files = await filesOfMatter();
    expect(files.map(({ name }: Parsed) => name).sort()).toEqual(['Financial affidavit', 'Parenting plan']);
    const arrived = files.find(({ name }: Parsed) => name === 'Parenting plan');
    expect(arrived.versions).toHaveLength(1);
    expect(await simulator.sha256OfFile(arrived.id as string)).toBe(second.sha256);
    await shot(console_, '13-mended');
  }, 90_000);

  it('saw no page complain', () => {
    expect(complaints.all).toEqual([]);
  });

  it('stops everything with Ctrl-C, and a later start takes seconds and keeps the data', async () => {
    await console_.goto('about:blank');
    const pids = product.pids();
    const ports = [settings.port, settings.simulatorPort, product.postgresPort()];
    expect(pids.filter(isAlive)).toEqual(pids);
    await product.interrupt();
    expect(pids.filter(isAlive)).toEqual([]);
    expect((await Promise.all(ports.map(isListening))).some(Boolean)).toBe(false);

    product = await StartedProduct.start(settings);
    expect(product.program.output).not.toContain('Building');
    expect(product.seconds).toBeLessThan(SECONDS_OF_A_LATER_START);
    expect(product.read()).toEqual(where);
    await console_.goto(`${where.console}matters`);
    await console_.getByRole('link', { name: INTAKE.title }).click();
    await console_.locator('ml-link-card').getByText(INTAKE.caseNumber).waitFor();
    const again = await firm();
    expect(again.matters.filter(({ number }: Parsed) => number === INTAKE.caseNumber)).toHaveLength(1);
    expect(await filesOfMatter()).toHaveLength(2);
  }, 90_000);
});
