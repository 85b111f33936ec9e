import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { signedIn } from './connect.mjs';

const DESKTOP = { width: 1280, height: 860 };
const TELEPHONE = { width: 360, height: 780 };

/** Which page stands in which picture, and what must be on it before it is taken. */
const pages = ({ operationId, matterId }) => ({
  overview: { at: '/', shows: 'What needs you' },
  integrations: { at: '/settings/integrations', shows: 'Connected:' },
  history: { at: '/sync-history', shows: 'Send document' },
  operation: { at: `/sync-history/${operationId}`, shows: 'Step by step' },
  matter: { at: `/matters/${matterId}`, shows: 'Newest operations' },
});

/**
 * @param {import('playwright-core').Browser} browser
 * @param {{ demo: import('./start-demo.mjs').Demo, story: import('./morning.mjs').Story, folder: string }} what
 * @returns {Promise<{ note: string }>}
 */
export async function takePictures(browser, { demo, story, folder }) {
  mkdirSync(folder, { recursive: true });
  const looks = [
    ['light', { viewport: DESKTOP, colorScheme: 'light' }],
    ['dark', { viewport: DESKTOP, colorScheme: 'dark' }],
    ['360', { viewport: TELEPHONE, colorScheme: 'light', deviceScaleFactor: 2, isMobile: true }],
  ];
  let taken = 0;
  for (const [look, options] of looks) {
    const page = await signedIn(browser, demo, { ...options, reducedMotion: 'reduce', locale: 'en-US' });
    for (const [name, { at, shows }] of Object.entries(pages(story))) {
      await page.goto(`${demo.url}${at}`);
      await page.getByText(shows).first().waitFor();
      await page.locator('ml-loading').first().waitFor({ state: 'detached' });
      await page.screenshot({ path: path.join(folder, `${name}-${look}.png`), animations: 'disabled' });
      taken += 1;
    }
    await page.context().close();
  }
  return { note: `${taken} in ${path.relative('.', folder)}` };
}
