import { jsonCall } from '../launch/json-call.mjs';

/**
 * Signs in to the console and connects the demo firm to the simulated Smokeball, as its administrator would.
 * @param {import('playwright-core').Browser} browser
 * @param {import('./start-demo.mjs').Demo} demo
 */
export async function connect(browser, demo) {
  const page = await signedIn(browser, demo, { viewport: { width: 1280, height: 900 } });
  await page.goto(`${demo.url}/settings/integrations`);
  await page.getByRole('button', { name: 'Connect to Smokeball' }).click();
  const { firms } = await jsonCall('GET', `${demo.simulator}/_sim/us/state`);
  const [user] = firms[0].users;
  await page.getByLabel('E-mail').fill(user.email);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByText('You are connected').waitFor();
  await page.context().close();
}

/**
 * A page of a new browser window whose person is signed in.
 * @param {import('playwright-core').Browser} browser
 * @param {import('./start-demo.mjs').Demo} demo
 * @param {import('playwright-core').BrowserContextOptions} options
 */
export async function signedIn(browser, demo, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${demo.url}/sign-in`);
  await page.getByLabel('E-mail').fill(demo.email);
  await page.getByLabel('Password').fill(demo.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Appearance' }).waitFor();
  return page;
}
