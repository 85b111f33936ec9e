import { randomBytes } from 'node:crypto';

/** The simulated Smokeball installations: three regions, each with its staging twin. */
export const TENANTS = ['us', 'us-staging', 'au', 'au-staging', 'uk', 'uk-staging'];
const HOSTS = ['auth', 'api', 'app'];

/**
 * The environment of Matterline's own processes. What a person has set always stays.
 * @param {NodeJS.ProcessEnv} env
 * @param {ReturnType<import('./settings.mjs').readSettings>} settings
 * @param {{ databaseUrl: string, masterKey: string, oauthApp?: OAuthApp }} made `oauthApp` in simulator mode only
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(env, settings, { databaseUrl, masterKey, oauthApp }) {
  return {
    NODE_ENV: 'production',
    ...(settings.simulator && oauthApp ? simulatorEnvironment(settings, oauthApp) : {}),
    ...withoutEmpty(env),
    PORT: String(settings.port),
    PUBLIC_URL: settings.publicUrl,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: databaseUrl,
    MASTER_KEY: masterKey,
    SIMULATOR: settings.simulator ? 'on' : 'off',
    ...(settings.simulator ? { SIMULATOR_PORT: String(settings.simulatorPort) } : {}),
  };
}

/** @typedef {{ clientId: string, clientSecret: string, apiKey: string }} OAuthApp what Smokeball gives a partner */

/** @returns {OAuthApp} */
export function newOAuthApp() {
  return {
    clientId: `matterline-${randomBytes(6).toString('hex')}`,
    clientSecret: randomBytes(24).toString('base64url'),
    apiKey: randomBytes(24).toString('base64url'),
  };
}

/** The name of a setting of one tenant: `us-staging`, `API_URL` → `SMOKEBALL_US_STAGING_API_URL`. */
export function tenantKey(tenant, name) {
  return `SMOKEBALL_${tenant.toUpperCase().replace('-', '_')}_${name}`;
}

export const simulatorUrl = (settings) => `http://localhost:${settings.simulatorPort}`;

function simulatorEnvironment(settings, oauthApp) {
  const urls = TENANTS.flatMap((tenant) =>
    HOSTS.map((host) => [
      tenantKey(tenant, `${host.toUpperCase()}_URL`),
      `${simulatorUrl(settings)}/${tenant}/${host}`,
    ]),
  );
  return {
    ...Object.fromEntries(urls),
    SMOKEBALL_CLIENT_ID: oauthApp.clientId,
    SMOKEBALL_CLIENT_SECRET: oauthApp.clientSecret,
    SMOKEBALL_API_KEY: oauthApp.apiKey,
    CASEHUG_API_URL: `${simulatorUrl(settings)}/casehug/api/v1`,
    ALLOW_PRIVATE_NETWORKS: 'on',
  };
}

/** `KEY=` in an environment file means "not set". */
function withoutEmpty(env) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}
