import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FormError } from '../form-error';
import { masked } from '../masked';
import { NotFoundError } from '../not-found-error';
import { jsonBody } from '../request-body';
import { pbxSettings, type PbxSettings } from './pbx-settings';
import type { PbxTenants } from './pbx-tenants';
import { tenantIn } from './tenant-in';

/**
 * `GET /_sim/pbx[?tenant=]` shows one tenant's settings with a masked key, and the list of all `tenants`. `PUT` changes the tenant whose
 * `tenant_id` it names (an absent or empty key stays as it was) or adds a new one, and sends the extensions to Matterline, as the
 * administrator's script does; `extensions_sent` says how that went. `DELETE ?tenant=` takes a tenant away.
 */
export function pbxSettingsRoutes(scope: FastifyInstance, tenants: PbxTenants): void {
  scope.get('/_sim/pbx', (request) => shown(tenants, tenants.find(tenantIn(request))));

  scope.put('/_sim/pbx', async (request) => {
    const given = givenIn(request);
    const id = typeof given['tenant_id'] === 'string' ? given['tenant_id'].trim() : tenants.current()?.tenant_id;
    const before = id === undefined ? undefined : tenants.find(id);
    const read = pbxSettings.safeParse({ ...before, ...given });
    if (!read.success) throw FormError.of(read.error);
    tenants.put(read.data);
    await tenants.office(read.data.tenant_id).extensions.send();
    return shown(tenants, read.data);
  });

  scope.delete('/_sim/pbx', (request) => {
    const id = tenantIn(request);
    if (id === undefined || tenants.find(id) === undefined) throw new NotFoundError('PBX tenant');
    tenants.remove(id);
    return shown(tenants, tenants.current());
  });
}

function givenIn(request: FastifyRequest): Record<string, unknown> {
  const given = Object.entries(jsonBody(request)).filter(
    ([key, value]) => value !== null && !(key === 'tenant_key' && value === ''),
  );
  return Object.fromEntries(given);
}

function shown(tenants: PbxTenants, settings: PbxSettings | undefined): Record<string, unknown> {
  const list = tenants.all().map(({ tenant_id, domain, country }) => ({ tenant_id, domain, country }));
  if (settings === undefined) return { configured: false, tenants: list };
  const extensions_sent = tenants.office(settings.tenant_id).extensions.state();
  return { configured: true, ...settings, tenant_key: masked(settings.tenant_key), extensions_sent, tenants: list };
}
