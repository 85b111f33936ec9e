import type { FirmScope } from '@matterline/platform';
import type { Environment, Region } from '@matterline/smokeball-client';
import type { Firms } from '../firms/firms';

/** The credentials under which a firm's calls reach Smokeball. */
export interface SmokeballApp {
  readonly clientId: string;
  /** Null for a public app, which proves itself by PKCE alone. */
  readonly clientSecret: string | null;
  readonly apiKey: string;
}

/** A firm's own credentials, else those of its region and environment, else the installation's; null when any part is missing. */
export async function smokeballAppOf(
  scope: FirmScope,
  firms: Firms,
  env: NodeJS.ProcessEnv,
  place: { readonly region: Region; readonly environment: Environment },
): Promise<SmokeballApp | null> {
  const tenant = `${place.region.toUpperCase()}${place.environment === 'staging' ? '_STAGING' : ''}`;
  const fromEnv = (name: string) => env[`SMOKEBALL_${tenant}_${name}`] || env[`SMOKEBALL_${name}`] || null;
  const clientId = (await firms.secret(scope, 'smokeball_client_id')) ?? fromEnv('CLIENT_ID');
  const clientSecret = (await firms.secret(scope, 'smokeball_client_secret')) ?? fromEnv('CLIENT_SECRET');
  const apiKey = (await firms.secret(scope, 'smokeball_api_key')) ?? fromEnv('API_KEY');
  if (!clientId || !apiKey) return null;
  return { clientId, clientSecret, apiKey };
}
