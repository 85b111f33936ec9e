import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { waitFor } from '../support/wait-for';
import { ByHand } from './by-hand';

const SLOW_MS = 60_000;
/** A name that would run if a page ever took it for HTML. */
const NASTY = '<img src=x onerror=alert(1)>';

describe('the Smokeball pages, used by hand', () => {
  let hand: ByHand;

  beforeAll(async () => void (hand = await ByHand.start()), SLOW_MS);
  afterAll(async () => hand?.stop());
  afterEach(() => expect(hand.complaints.splice(0)).toEqual([]));

  const KINDS = [
    {
      kind: 'person',
      fields: { firstName: NASTY, lastName: 'Moss', 'cell.areaCode': '312', 'cell.number': '555-0199' },
    },
    { kind: 'company', fields: { name: `${NASTY} Moss Ltd`, 'phone.number': '(312) 555 0198' } },
    { kind: 'trust', fields: { name: `${NASTY} Moss Trust` } },
  ] as const;

  it.each(KINDS)(
    'makes, edits, deletes and restores a $kind',
    async ({ kind, fields }) => {
      await hand.open('/us/app/#/billing/new-contact');
      await hand.page.getByLabel('Kind').selectOption(kind);
      for (const [name, value] of Object.entries(fields)) await hand.page.locator(`[name="${name}"]`).fill(value);
      await hand.press('Create contact');
      await hand.page.getByRole('heading', { level: 1, name: 'Moss' }).waitFor();
      expect(hand.page.url()).toMatch(/\/us\/app\/#\/billing\/view-contact\/[0-9a-f-]{36}\/details$/);
      await hand.press('Edit');
      await hand.dialog().getByLabel('City').fill('Chicago');
      await hand.agree('Save');
      await hand.says('Saved as a Smokeball user.');
      await hand.page.getByText('Chicago').waitFor();
      await hand.press('Delete');
      await hand.agree('Delete');
      await hand.page.getByText('Deleted', { exact: true }).waitFor();
      await hand.press('Restore');
      await hand.says('Restored as a Smokeball user.');
      await hand.page.getByRole('button', { name: 'Delete', exact: true }).waitFor();
    },
    SLOW_MS,
  );

  it(
    'finds contacts, turns the pages, and shows one firm or another Smokeball',
    async () => {
      await hand.sim.control('POST', '/us/bulk-contacts', { count: 120 });
      await hand.open('/us/app/#/billing/contacts');
      const status = hand.page.getByRole('status').filter({ hasText: 'contacts' });
      await status.filter({ hasText: '1 to 50' }).waitFor();
      await hand.press('Next');
      await status.filter({ hasText: '51 to 100' }).waitFor();
      await hand.page.getByLabel('Search contacts').fill('3125550199');
      await hand.page.getByRole('link', { name: `${NASTY} Moss` }).waitFor();
      expect(await hand.page.locator('tbody tr').count()).toBe(1);
      await hand.page.getByLabel('Search contacts').fill('');
      await hand.page.getByLabel('Firm').selectOption({ label: 'Lakeside Legal Group' });
      await waitFor('the other firm alone', async () => {
        const firms = await hand.page.locator('tbody tr td:last-child').allTextContents();
        return firms.length > 0 && firms.every((firm) => firm === 'Lakeside Legal Group');
      });
      await hand.page.locator('#tenant').selectOption('au');
      await hand.page.waitForURL('**/au/app/**');
      await hand.page.getByRole('heading', { name: 'Matters' }).waitFor();
    },
    SLOW_MS,
  );

  it('says plainly that an id is unknown, and where the record is when another Smokeball has it', async () => {
    await hand.open('/us/app/#/billing/view-contact/no-such-id/details');
    await hand.page.getByRole('heading', { name: 'There is no such contact here' }).waitFor();
    const { contacts } = (await hand.get('/uk/app-api/contacts')) as { contacts: { id: string; name: string }[] };
    await hand.open(`/us/app/#/billing/view-contact/${contacts[0]?.id}/details`);
    await hand.page.getByRole('link', { name: 'open it there' }).click();
    await hand.page.getByRole('heading', { level: 1, name: contacts[0]?.name }).waitFor();
  });

  const choose = async (box: Locator, name: string): Promise<void> => {
    await box.fill(name);
    await hand.page
      .getByRole('list', { name: /found$/ })
      .getByRole('button', { name })
      .first()
      .click();
  };

  it(
    'makes a matter and changes everything about it',
    async () => {
      await hand.open('/us/app/#/billing/new-matter');
      await hand.page.getByLabel('Matter type').selectOption({ label: 'Divorce' });
      await choose(hand.page.getByLabel('Clients', { exact: true }), `${NASTY} Moss`);
      await hand.page.getByLabel('Description').fill(NASTY);
      await hand.press('Create matter');
      await hand.page.getByRole('heading', { level: 1, name: 'Divorce' }).waitFor();
      expect(hand.page.url()).toMatch(/#\/billing\/view-matter\/[0-9a-f-]{36}$/);
      const form = hand.page.getByRole('form', { name: 'Change as a Smokeball user' });
      await form.getByLabel('Status').selectOption('Pending');
      await form.getByRole('button', { name: 'Save' }).click();
      await hand.says('Saved as a Smokeball user.');
      await hand.press('Number');
      await hand.dialog().getByLabel('Number', { exact: true }).fill('ZZ-1');
      await hand.agree('Save');
      await hand.page.getByText('ZZ-1', { exact: true }).waitFor();
      await hand.press('Clients and other sides');
      await choose(hand.dialog().getByLabel('Other sides', { exact: true }), 'Riverbend Motors');
      await hand.agree('Save');
      await hand.page.getByRole('link', { name: 'Riverbend Motors' }).waitFor();
      await hand.press('Staff');
      await hand.dialog().getByLabel('Responsible').selectOption({ label: 'Anna Lee' });
      await hand.agree('Save');
      await hand.page.getByText('Anna Lee (responsible)').waitFor();
      await hand.press('Tags');
      await hand.dialog().getByLabel('Tags').fill('urgent, court');
      await hand.agree('Save');
      await hand.page.getByText('urgent', { exact: true }).waitFor();
      await hand.page.getByText('Pending', { exact: true }).first().waitFor();
    },
    SLOW_MS,
  );

  it(
    'keeps files with their versions: upload, new version, rename and move, download, delete',
    async () => {
      const upload = async (button: string, name: string, text: string): Promise<void> => {
        const chooser = hand.page.waitForEvent('filechooser');
        await hand.press(button);
        await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
      };
      await upload('Upload a file', 'Notes.txt', 'first');
      await hand.says('Notes.txt is uploaded.');
      await upload('New version of Notes.txt', 'Other.txt', 'second, and longer');
      await hand.says('Notes.txt has a new version.');
      await hand.press('New folder');
      await hand.dialog().getByLabel('Name').fill('Court');
      await hand.agree('Create');
      await hand.page.getByRole('heading', { name: 'Court' }).waitFor();
      await hand.press('Rename or move Notes.txt');
      await hand.dialog().getByLabel('Name').fill(`${NASTY}.txt`);
      await hand.dialog().locator('[name=folder]').selectOption({ label: 'Court' });
      await hand.agree('Save');
      const file = hand.page
        .getByRole('listitem')
        .filter({ hasText: `${NASTY}.txt` })
        .first();
      await file.getByText('2 versions').click();
      for (const [number, text] of [
        [1, 'first'],
        [2, 'second, and longer'],
      ] as const) {
        const sha256 = createHash('sha256').update(text).digest('hex');
        await file.getByRole('listitem').getByText(sha256).waitFor();
        const coming = hand.page.waitForEvent('download');
        await file.getByRole('link', { name: `Download version ${number}`, exact: false }).click();
        expect(await readFile((await (await coming).path()) ?? '', 'utf8')).toBe(text);
      }
      await hand.press(`Delete ${NASTY}.txt`);
      await hand.agree('Delete');
      await file.getByText('Deleted', { exact: true }).waitFor();
    },
    SLOW_MS,
  );

  it(
    'converts a lead to a matter',
    async () => {
      await hand.open('/us/app/#/billing/matters');
      await hand.page.getByLabel('Matters or leads').selectOption('lead');
      await hand.page.getByRole('link', { name: 'Lead' }).first().click();
      await hand.press('Convert to a matter');
      await hand.dialog().getByLabel('Matter type').selectOption({ label: 'Slip and Fall' });
      await hand.agree('Convert');
      await hand.says('Saved as a Smokeball user.');
      await hand.page.getByText('Matter at').waitFor();
    },
    SLOW_MS,
  );
});
