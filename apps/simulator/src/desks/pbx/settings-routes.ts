import type { FastifyInstance } from 'fastify';
import type { SimulatorCore } from '../../core';
import { FormError } from '../form-error';
import { masked } from '../masked';
import { jsonBody } from '../request-body';
import type { ExtensionList } from './extension-list';
import { pbxSettings, type PbxSettings } from './pbx-settings';

const PBX_SETTINGS = 'pbx';

export function storedPbxSettings(sim: SimulatorCore): PbxSettings | undefined {
  const read = pbxSettings.safeParse(sim.settings.get(PBX_SETTINGS));
  return read.success ? read.data : undefined;
}

/**
 * `GET /_sim/pbx` shows the settings with a masked key; `PUT` merges (an absent or empty key stays as it was) and sends the
 * extensions to Matterline, as the administrator's script does; `extensions_sent` says how that went.
 */
export function pbxSettingsRoutes(scope: FastifyInstance, sim: SimulatorCore, list: ExtensionList): void {
  scope.get('/_sim/pbx', () => shown(sim, list));

  scope.put('/_sim/pbx', async (request) => {
    const given = Object.entries(jsonBody(request)).filter(
      ([key, value]) => value !== null && !(key === 'tenant_key' && value === ''),
    );
    const read = pbxSettings.safeParse({ ...storedPbxSettings(sim), ...Object.fromEntries(given) });
    if (!read.success) throw FormError.of(read.error);
    sim.settings.put(PBX_SETTINGS, read.data);
    await list.send();
    return shown(sim, list);
  });
}

function shown(sim: SimulatorCore, list: ExtensionList): Record<string, unknown> {
  const settings = storedPbxSettings(sim);
  if (settings === undefined) return { configured: false };
  return { configured: true, ...settings, tenant_key: masked(settings.tenant_key), extensions_sent: list.state() };
}
