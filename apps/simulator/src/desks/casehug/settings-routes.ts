import type { FastifyInstance } from 'fastify';
import type { SimulatorCore } from '../../core';
import { FormError } from '../form-error';
import { masked } from '../masked';
import { jsonBody } from '../request-body';
import type { CasehugDesk } from './casehug-desk';
import { casehugSettings, type CasehugSettings } from './casehug-settings';

export const CASEHUG_SETTINGS = 'casehug';

/** The stored settings, or undefined before the first `PUT`. */
export function storedCasehugSettings(sim: SimulatorCore): CasehugSettings | undefined {
  const read = casehugSettings.safeParse(sim.settings.get(CASEHUG_SETTINGS));
  return read.success ? read.data : undefined;
}

/**
 * `GET /_sim/casehug` shows the settings with masked secrets; `PUT` merges (an absent or empty secret stays as it was),
 * then registers the desk's receiver with Matterline and says in `receiver` how that went.
 */
export function casehugSettingsRoutes(scope: FastifyInstance, sim: SimulatorCore, desk: CasehugDesk): void {
  scope.get('/_sim/casehug', () => shown(sim, desk));

  scope.put('/_sim/casehug', async (request) => {
    const before = storedCasehugSettings(sim);
    const read = casehugSettings.safeParse({ ...before, ...withoutEmpty(jsonBody(request)) });
    if (!read.success) throw FormError.of(read.error);
    sim.settings.put(CASEHUG_SETTINGS, read.data);
    await desk.receiver.ensure();
    return shown(sim, desk);
  });

  scope.post('/casehug/api/register', async () => desk.receiver.ensure());
}

function shown(sim: SimulatorCore, desk: CasehugDesk): Record<string, unknown> {
  const settings = storedCasehugSettings(sim);
  if (settings === undefined) return { configured: false, receiver: desk.receiver.state() };
  const { api_key, webhook_secret, webhook_secret_next, ...plain } = settings;
  return {
    configured: true,
    ...plain,
    api_key: masked(api_key),
    webhook_secret: masked(webhook_secret),
    webhook_secret_next: webhook_secret_next === '' ? '' : masked(webhook_secret_next),
    receiver: desk.receiver.state(),
  };
}

function withoutEmpty(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== '' && value !== null));
}
