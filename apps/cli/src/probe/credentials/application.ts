import type { Environment, Region } from '@matterline/smokeball-client';
import { ProbeFailure } from '../probe-failure';

/** What Smokeball gave a partner. */
export interface Application {
  readonly clientId: string;
  /** Absent for a public application. */
  readonly clientSecret?: string;
  readonly apiKey: string;
}

/** The credentials that the server would use. @throws ProbeFailure naming what is missing */
export function applicationFromEnv(env: NodeJS.ProcessEnv, region: Region, environment: Environment): Application {
  const tenant = `${region.toUpperCase()}${environment === 'staging' ? '_STAGING' : ''}`;
  const read = (name: string) => env[`SMOKEBALL_${tenant}_${name}`] || env[`SMOKEBALL_${name}`] || undefined;
  const [clientId, clientSecret, apiKey] = [read('CLIENT_ID'), read('CLIENT_SECRET'), read('API_KEY')];
  if (clientId && apiKey) return { clientId, clientSecret, apiKey };
  const missing = [clientId ? [] : 'CLIENT_ID', apiKey ? [] : 'API_KEY'].flat();
  throw new ProbeFailure(
    `Not set: ${missing.map((name) => `SMOKEBALL_${tenant}_${name}`).join(', ')}. Set them to what Smokeball gave the firm, or name a connected firm with --firm.`,
  );
}

/** The application of the second sign-in: another one where `SMOKEBALL_SECOND_…` names it, else the first. */
export function secondApplication(env: NodeJS.ProcessEnv, first: Application): Application {
  const { SMOKEBALL_SECOND_CLIENT_ID, SMOKEBALL_SECOND_CLIENT_SECRET, SMOKEBALL_SECOND_API_KEY } = env;
  if (!SMOKEBALL_SECOND_CLIENT_ID) return first;
  return {
    clientId: SMOKEBALL_SECOND_CLIENT_ID,
    clientSecret: SMOKEBALL_SECOND_CLIENT_SECRET || undefined,
    apiKey: SMOKEBALL_SECOND_API_KEY || first.apiKey,
  };
}
