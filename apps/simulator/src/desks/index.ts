import type { FastifyInstance } from 'fastify';
import { join } from 'node:path';
import type { SimulatorCore } from '../core';
import { answerErrors } from './answer-errors';
import { appApiRoutes } from './app-api/app-api-routes';
import { CasehugDesk } from './casehug/casehug-desk';
import { casehugApiRoutes } from './casehug/casehug-api-routes';
import { casehugRoutes } from './casehug/casehug-routes';
import { notificationRoutes } from './casehug/notification-routes';
import { casehugSettingsRoutes, storedCasehugSettings } from './casehug/settings-routes';
import { DeskStore } from './desk-store';
import { staticPages } from './pages/static-pages';
import { ExtensionList } from './pbx/extension-list';
import { pairingRoutes } from './pbx/pairing-routes';
import { PbxDesk } from './pbx/pbx-desk';
import { pbxRoutes } from './pbx/pbx-routes';
import { pbxSettingsRoutes, storedPbxSettings } from './pbx/settings-routes';
import { keepSettingsLocal } from './keep-settings-local';
import { takeRawBodies } from './request-body';

/**
 * Mounts the CaseHug desk, the PBX desk and all pages. With `SIMULATOR_DATA` the desks' records survive a restart.
 * What was connected before is connected again once the server listens.
 */
export async function registerDesks(app: FastifyInstance, sim: SimulatorCore): Promise<void> {
  const store = new DeskStore(deskFolder());
  const casehug = casehugDesk(sim, store);
  const pbxOf = (): ReturnType<typeof storedPbxSettings> => storedPbxSettings(sim);
  const pbx = new PbxDesk(pbxOf);
  const extensions = new ExtensionList(pbx.line, pbxOf);

  await app.register(async (scope) => {
    takeRawBodies(scope);
    answerErrors(scope);
    keepSettingsLocal(scope);
    casehugSettingsRoutes(scope, sim, casehug);
    casehugRoutes(scope, casehug);
    notificationRoutes(scope, casehug);
    casehugApiRoutes(scope, casehug);
    pbxSettingsRoutes(scope, sim, extensions);
    pbxRoutes(scope, pbx);
    pairingRoutes(scope, pbx.line, pbxOf);
    appApiRoutes(scope, sim);
    await staticPages(scope, sim);
  });

  app.addHook('onListen', () => {
    if (storedCasehugSettings(sim) !== undefined) void casehug.receiver.ensure();
    void extensions.send();
  });
  app.addHook('onClose', () => {
    casehug.receiver.stop();
    extensions.stop();
    pbx.agentPages.close();
    store.flush();
  });
}

function casehugDesk(sim: SimulatorCore, store: DeskStore): CasehugDesk {
  const settings = (): ReturnType<typeof storedCasehugSettings> => storedCasehugSettings(sim);
  return new CasehugDesk(store, settings, () => `${settings()?.public_url ?? sim.publicUrl}/casehug/notifications`);
}

function deskFolder(): string | undefined {
  const data = process.env['SIMULATOR_DATA'];
  return data === undefined || data === '' ? undefined : join(data, 'desks');
}
