import type { Page } from 'playwright-core';
import type { SampleFile } from '../support/sample-pdf';

export interface Intake {
  readonly title: string;
  readonly caseNumber: string;
  readonly caseType: string;
  readonly state: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
}

/** The CaseHug desk, used by its buttons. */
export class CaseHugDesk {
  constructor(private readonly page: Page) {}

  async createMatter(intake: Intake): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: 'New matter' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Title').fill(intake.title);
    await dialog.getByLabel('Case number').fill(intake.caseNumber);
    await dialog.getByLabel('Case type').fill(intake.caseType);
    await dialog.getByLabel('Practice area').selectOption('family_law');
    await dialog.getByLabel('State', { exact: true }).fill(intake.state);
    await dialog.getByLabel('First name').fill(intake.firstName);
    await dialog.getByLabel('Last name').fill(intake.lastName);
    await dialog.locator('input[name=email]').fill(intake.email);
    await dialog.locator('input[name=phone]').fill(intake.phone);
    await dialog.getByRole('button', { name: 'Create matter' }).click();
    await page.getByRole('heading', { name: intake.title, level: 2 }).waitFor();
  }

  async uploadAndApprove(file: SampleFile): Promise<void> {
    const { page } = this;
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Upload a file' }).click();
    await (await chooser).setFiles({ name: file.name, mimeType: 'application/pdf', buffer: file.bytes });
    const item = page.locator('#matter li').filter({ hasText: file.name });
    await item.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText(`Approved: ${file.name}`, { exact: true }).waitFor();
  }
}

export interface SeenPop {
  readonly title: string;
  readonly links: readonly { readonly text: string; readonly url: string }[];
}

/** The PBX desk, used by its buttons. */
export class PbxDesk {
  constructor(private readonly page: Page) {}

  async ring(extension: string, number: string): Promise<SeenPop> {
    const { page } = this;
    await page.getByLabel('Number of the other side').fill(number);
    await page.locator('#target').selectOption(extension);
    await page.getByRole('button', { name: 'Ring', exact: true }).click();
    const pop = page.getByRole('article', { name: `Phone ${extension}` }).locator('.pop');
    await pop.waitFor();
    const links = await pop.getByRole('link').all();
    return {
      title: (await pop.locator('.pop-title').textContent()) ?? '',
      links: await Promise.all(
        links.map(async (link) => ({
          text: (await link.textContent()) ?? '',
          url: (await link.getAttribute('href')) ?? '',
        })),
      ),
    };
  }
}
