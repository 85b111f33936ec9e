import { HOSTS_BY_TENANT } from './host-table';

/** Country whose Smokeball holds the firm. Accounts, apps, keys and tokens never cross regions. */
export type Region = 'us' | 'au' | 'uk';

/** Smokeball's production, or the staging copy that partners test against. */
export type Environment = 'production' | 'staging';

/** Base URLs of one region and environment, without a trailing slash. Source: docs/smokeball-api.md#regions */
export interface SmokeballHosts {
  readonly auth: string;
  readonly api: string;
  readonly app: string;
}

/** The published hosts of a region and environment. */
export function defaultHosts(region: Region, environment: Environment): SmokeballHosts {
  return HOSTS_BY_TENANT[region][environment];
}

/**
 * The published hosts, each replaced by `SMOKEBALL_{US|AU|UK}[_STAGING]_{AUTH|API|APP}_URL` where that key is set.
 * @throws Error naming the key when its value is not an http(s) URL
 */
export function hostsFromEnv(env: NodeJS.ProcessEnv, region: Region, environment: Environment): SmokeballHosts {
  const prefix = `SMOKEBALL_${region.toUpperCase()}${environment === 'staging' ? '_STAGING' : ''}`;
  const defaults = defaultHosts(region, environment);
  return {
    auth: baseUrl(env, `${prefix}_AUTH_URL`) ?? defaults.auth,
    api: baseUrl(env, `${prefix}_API_URL`) ?? defaults.api,
    app: baseUrl(env, `${prefix}_APP_URL`) ?? defaults.app,
  };
}

function baseUrl(env: NodeJS.ProcessEnv, key: string): string | undefined {
  const value = env[key]?.trim();
  if (value === undefined || value === '') return undefined;
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) throw new Error(`${key} must be an http or https URL`);
  return value.replace(/\/+$/, '');
}
