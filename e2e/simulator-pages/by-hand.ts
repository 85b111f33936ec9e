import type { Browser, Locator, Page } from 'playwright-core';
import { SimulatorUnderTest } from '../../apps/simulator/src/testing/simulator-under-test';
import { launchBrowser } from '../support/browser';

/** A simulator with one partner signed in, and somebody who uses its pages in a real browser. */
export class ByHand {
  /** What went wrong in the page unseen: errors, refused scripts, or text that ran. */
  readonly complaints: string[] = [];

  private constructor(
    readonly sim: SimulatorUnderTest,
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async start(): Promise<ByHand> {
    process.env['SIMULATOR_PUBLIC_DIR'] = `${process.cwd()}/apps/simulator/public`;
    const sim = await SimulatorUnderTest.connected();
    const browser = await launchBrowser();
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    page.setDefaultTimeout(10_000);
    const hand = new ByHand(sim, browser, page);
    hand.listen();
    return hand;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.sim.close();
  }

  /** A page of its own, also when only the part after `#` differs. */
  async open(path: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(this.sim.base + path);
  }

  async says(text: string | RegExp): Promise<void> {
    await this.page.locator('#notice').filter({ hasText: text }).waitFor();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Presses a button of the dialog that is open. */
  async agree(name: string): Promise<void> {
    await this.dialog().getByRole('button', { name, exact: true }).click();
  }

  dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  async get(path: string): Promise<unknown> {
    return (await fetch(this.sim.base + path)).json();
  }

  private listen(): void {
    const { page, complaints } = this;
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`a script ran: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
  }
}
