import type { FastifyInstance } from 'fastify';
import { join } from 'node:path';
import { answerErrors } from './answer-errors';
import { appApiRoutes } from './app-api/app-api-routes';
import { asUserRoutes } from './app-api/as-user-routes';
import { CasehugDesk } from './casehug/casehug-desk';
import { casehugApiRoutes } from './casehug/casehug-api-routes';
import { casehugRoutes } from './casehug/casehug-routes';
import { eventRoutes } from './casehug/event-routes';
import { notificationRoutes } from './casehug/notification-routes';
import { casehugSettingsRoutes, storedCasehugSettings } from './casehug/settings-routes';
import { DeskStore } from './desk-store';
import { faultPageRoutes } from './faults/fault-page-routes';
import { staticPages } from './pages/static-pages';
import { pairingRoutes } from './pbx/pairing-routes';
import { pbxRoutes } from './pbx/pbx-routes';
import { PbxTenants } from './pbx/pbx-tenants';
import { pbxSettingsRoutes } from './pbx/settings-routes';
import { keepStrangersOut } from './keep-strangers-out';
import { takeRawBodies } from './request-body';
import type { SmokeballBehind } from './smokeball-behind';

/**
 * Mounts the CaseHug desk, the PBX desk and all pages. With `SIMULATOR_DATA` the desks' records survive a restart.
 * What was connected before is connected again once the server listens.
 */
export async function registerDesks(app: FastifyInstance, sim: SmokeballBehind): Promise<void> {
  const store = new DeskStore(deskFolder());
  const casehug = casehugDesk(sim, store);
  const pbx = new PbxTenants(sim);

  await app.register(async (scope) => {
    takeRawBodies(scope);
    answerErrors(scope);
    keepStrangersOut(scope, sim);
    casehugSettingsRoutes(scope, sim, casehug);
    casehugRoutes(scope, casehug);
    eventRoutes(scope, casehug);
    notificationRoutes(scope, casehug);
    casehugApiRoutes(scope, casehug);
    pbxSettingsRoutes(scope, pbx);
    pbxRoutes(scope, pbx);
    pairingRoutes(scope, pbx);
    appApiRoutes(scope, sim);
    asUserRoutes(scope, sim);
    faultPageRoutes(scope, sim);
    await staticPages(scope, sim);
  });

  app.addHook('onListen', () => {
    if (storedCasehugSettings(sim) !== undefined) void casehug.receiver.ensure();
    pbx.sendAllExtensions();
  });
  app.addHook('onClose', () => {
    casehug.receiver.stop();
    pbx.close();
    store.flush();
  });
}

function casehugDesk(sim: SmokeballBehind, store: DeskStore): CasehugDesk {
  const settings = (): ReturnType<typeof storedCasehugSettings> => storedCasehugSettings(sim);
  return new CasehugDesk(store, settings, () => `${settings()?.public_url ?? sim.publicUrl}/casehug/notifications`);
}

function deskFolder(): string | undefined {
  const data = process.env['SIMULATOR_DATA'];
  return data === undefined || data === '' ? undefined : join(data, 'desks');
}
