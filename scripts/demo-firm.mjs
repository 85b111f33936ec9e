import { randomBytes } from 'node:crypto';
import { BrowserSteps } from './launch/browser-steps.mjs';
import { TENANTS, simulatorUrl, tenantKey } from './launch/child-environment.mjs';
import { firstForm, submitButton } from './launch/html-form.mjs';
import { jsonCall } from './launch/json-call.mjs';
import { operatorCommand } from './launch/operator-command.mjs';
import { Problem } from './launch/problem.mjs';

export const DEMO_FIRM = {
  name: 'Harbor & Pine Law',
  casehugFirmId: 'firm_harborpine',
  region: 'us',
  timezone: 'America/New_York',
  adminEmail: 'admin@harborpine.example',
  domain: 'pbx.harborpine.example',
  country: 'US',
  areaCode: '617',
  extensions: [
    { extension: '504', name: 'Tom Jones', email: 'tom.jones@harborpine.example', aliases: [] },
    { extension: '505', name: 'Priya Raman', email: 'priya.raman@harborpine.example', aliases: [] },
  ],
  pairedExtension: '504',
};

/**
 * Makes the demo firm on a running Matterline and simulator: only by the operators' commands and public HTTP, as anybody could.
 * Goes on where an interrupted start left off; a later start only tells the simulator again where everything is. The firm's own
 * Smokeball connection is left for the person at the console to make.
 *
 * @param {{ settings: ReturnType<import('./launch/settings.mjs').readSettings>, env: NodeJS.ProcessEnv, cwd: string,
 *   store: import('./launch/demo-store.mjs').DemoStore, localUrl: string }} demo `env` is the API's own; `localUrl` reaches the API
 * @returns {Promise<{ email: string, password: string }>} the console login
 */
export async function makeDemoFirm(demo) {
  await registerOAuthApp(demo);
  await makeFirm(demo);
  await makeAdmin(demo);
  await makePbx(demo);
  await settleDesks(demo);
  await pairExtension(demo);
  return { email: DEMO_FIRM.adminEmail, password: demo.store.get('adminPassword') };
}

/** Under the credentials that the API will use, wherever they come from, at each tenant that really is the simulator's. */
async function registerOAuthApp({ settings, env }) {
  const here = TENANTS.filter((tenant) => env[tenantKey(tenant, 'API_URL')]?.startsWith(simulatorUrl(settings)));
  for (const tenant of here) {
    const credential = (name) => env[tenantKey(tenant, name)] ?? env[`SMOKEBALL_${name}`];
    await jsonCall('PUT', `${simulatorUrl(settings)}/_sim/apps`, {
      body: {
        tenant,
        client_id: credential('CLIENT_ID'),
        client_secret: credential('CLIENT_SECRET'),
        api_key: credential('API_KEY'),
        redirect_uris: [`${settings.publicUrl}/api/v1/integrations/smokeball/callback`],
      },
    });
  }
}

async function makeFirm({ store, env, cwd }) {
  if (store.get('apiKey') !== undefined) return;
  const { name, casehugFirmId, region, timezone } = DEMO_FIRM;
  const args = ['--name', name, '--casehug-firm-id', casehugFirmId, '--region', region, '--timezone', timezone];
  const made = await operatorCommand(['firm:create', ...args], { cwd, env });
  requireSecret(made.api_key, store);
  // The desk takes any key; without one its signed events could not be completed from its API.
  await operatorCommand(
    ['firm:set', '--firm', casehugFirmId, `casehug_api_key=${randomBytes(12).toString('base64url')}`],
    { cwd, env },
  );
  store.keep({ firmId: made.firm_id, apiKey: made.api_key, webhookSecret: made.casehug_webhook_secret });
}

async function makeAdmin({ store, env, cwd }) {
  if (store.get('adminMade')) return;
  // Kept before it is set: a repeat after an interruption must set the same one.
  const adminPassword = store.get('adminPassword') ?? randomBytes(12).toString('base64url');
  store.keep({ adminEmail: DEMO_FIRM.adminEmail, adminPassword });
  const args = ['--firm', DEMO_FIRM.casehugFirmId, '--email', DEMO_FIRM.adminEmail, '--role', 'firm_admin'];
  await operatorCommand(['user:create', ...args, '--password-stdin'], { cwd, env, input: `${adminPassword}\n` });
  store.keep({ adminMade: true });
}

async function makePbx({ store, env, cwd }) {
  if (store.get('tenantKey') !== undefined) return;
  const { casehugFirmId, domain, country, areaCode } = DEMO_FIRM;
  const args = ['--firm', casehugFirmId, '--domain', domain, '--country', country, '--area-code', areaCode];
  const made = await operatorCommand(['pbx:create', ...args], { cwd, env });
  requireSecret(made.tenant_key, store);
  store.keep({ tenantId: made.tenant_id, tenantKey: made.tenant_key });
}

/** A repeated command prints no secrets again, so keys that were made but not kept are lost. */
function requireSecret(secret, store) {
  if (typeof secret === 'string') return;
  throw new Problem(
    `The demo firm exists already, but its keys are not in ${store.file}.`,
    'Put that file back, start with SIMULATOR=off, or remove the data folder to start afresh.',
  );
}

async function settleDesks({ settings, store, localUrl }) {
  const { casehugFirmId, domain, country, extensions } = DEMO_FIRM;
  const control = `${simulatorUrl(settings)}/_sim`;
  const tenant = { tenant_id: store.get('tenantId'), tenant_key: store.get('tenantKey') };
  await jsonCall('PUT', `${localUrl}/api/v1/vodia/${tenant.tenant_id}/extensions`, {
    bearer: tenant.tenant_key,
    body: extensions,
  });
  const onDesk = extensions.map(({ extension, name, email }) => ({ extension, name, email }));
  await jsonCall('PUT', `${control}/pbx`, {
    body: { api_url: localUrl, ...tenant, domain, country, extensions: onDesk },
  });
  const keys = { api_key: store.get('apiKey'), webhook_secret: store.get('webhookSecret') };
  await jsonCall('PUT', `${control}/casehug`, { body: { api_url: localUrl, firm_id: casehugFirmId, ...keys } });
}

/** Once only: somebody who unpairs the extension later, to see what happens, finds it unpaired at the next start. */
async function pairExtension({ store, localUrl }) {
  if (store.get('extensionPaired')) return;
  const { pairedExtension, domain } = DEMO_FIRM;
  const tenant = `${localUrl}/api/v1/vodia/${store.get('tenantId')}`;
  const bearer = store.get('tenantKey');
  const status = () => jsonCall('GET', `${tenant}/pairings/${pairedExtension}/status`, { bearer });
  if (!(await status()).paired)
    await signInAndConsent(`${tenant}/pair/start?extension=${pairedExtension}&domain=${domain}`, bearer);
  if (!(await status()).paired)
    throw new Problem(`Extension ${pairedExtension} could not be paired with the simulated Smokeball.`);
  store.keep({ extensionPaired: true });
}

async function signInAndConsent(startUrl, bearer) {
  const browser = new BrowserSteps();
  const consent = await browser.open(startUrl, { headers: { authorization: `Bearer ${bearer}` } });
  const form = firstForm(consent.text, consent.url);
  if (form === null)
    throw new Problem(
      `The pairing page answered ${consent.status} without a form at ${new URL(consent.url).pathname}.`,
    );
  const { email } = DEMO_FIRM.extensions.find(({ extension }) => extension === DEMO_FIRM.pairedExtension);
  form.fields.set('email', email);
  form.fields.set('password', demoPassword(consent.text));
  const allow = submitButton(consent.text, /\ballow\b/i);
  if (allow !== null) form.fields.set(allow.name, allow.value);
  const done = await browser.open(form.action, { method: form.method, body: form.fields });
  if (done.status !== 200) throw new Problem(`Pairing ended with ${done.status}: ${plainText(done.text)}`);
}

/** The simulated sign-in page tells everybody its password. */
function demoPassword(html) {
  return /password is\s*<b>([^<]*)<\/b>/i.exec(html)?.[1] ?? '';
}

const plainText = (html) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
