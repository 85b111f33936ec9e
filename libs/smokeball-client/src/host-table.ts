import type { Environment, Region, SmokeballHosts } from './regions';

function tenant(domain: string, environment: Environment): SmokeballHosts {
  if (environment === 'production') {
    return { auth: `https://auth.${domain}`, api: `https://api.${domain}`, app: `https://app.${domain}` };
  }
  return {
    auth: `https://datastaging-auth.${domain}`,
    api: `https://stagingapi.${domain}`,
    app: `https://rc-app.${domain}`,
  };
}

function bothEnvironments(domain: string): Readonly<Record<Environment, SmokeballHosts>> {
  return { production: tenant(domain, 'production'), staging: tenant(domain, 'staging') };
}

/** Every published host. Source: docs/smokeball-api.md#regions */
export const HOSTS_BY_TENANT: Readonly<Record<Region, Readonly<Record<Environment, SmokeballHosts>>>> = {
  us: bothEnvironments('smokeball.com'),
  au: bothEnvironments('smokeball.com.au'),
  uk: bothEnvironments('smokeball.co.uk'),
};
