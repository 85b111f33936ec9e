import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { registerOAuthRoutes } from './auth/oauth-routes';
import { registerControlRoutes } from './control/control-routes';
import type { SimulatorCore } from './core';
import { registerDesks } from './desks';
import { registerS3Routes } from './files/s3-routes';
import { registerApiRoutes } from './gateway/api-routes';
import { registerRecording } from './gateway/recorded-call';
import { answerUnreadableAddress } from './gateway/unreadable-address';
import { World } from './world';

export interface SimulatorOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly host?: string;
  /** A folder for state that survives a restart and a kill; without one everything is in memory. */
  readonly dataFolder?: string;
  readonly seed?: number;
  /** What links, tokens and presigned addresses begin with; default `http://localhost:{port}`. */
  readonly publicUrl?: string;
  /** The official OpenAPI file of Smokeball: every call is then held against it. Without it none is. */
  readonly openapiPath?: string;
  /** Switches that differ from the defaults. */
  readonly switches?: Readonly<Record<string, unknown>>;
}

export interface RunningSimulator {
  readonly url: string;
  readonly port: number;
  readonly core: SimulatorCore;
  close(): Promise<void>;
}

const LARGEST_BODY_BYTES = 512 * 1024 * 1024;

/** Starts the simulated Smokeball (all six tenants, control plane, desks, pages) on one port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { dataFolder, seed = 1, switches = {}, host = '127.0.0.1', openapiPath } = options;
  const world = new World({ dataFolder, seed, switches, openapiPath });
  world.host = host;
  const app = fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    forceCloseConnections: true,
    logger: false,
    frameworkErrors: (_error, request, reply) => answerUnreadableAddress(world, request, reply),
  });
  await app.register((scope, _options, done) => {
    registerSmokeball(scope, world);
    done();
  });
  await app.register(async (scope) => registerDesks(scope, world));
  // The desks' own "on listen" work needs the address, so it is set before theirs runs.
  app.server.once('listening', () => {
    world.publicUrl = options.publicUrl ?? `http://${nameOf(host)}:${portOf(app)}`;
  });
  await app.listen({ port: options.port ?? 0, host });
  const port = portOf(app);
  world.scheduler.runDue();
  return {
    url: world.publicUrl,
    port,
    core: world,
    close: async () => {
      world.close();
      await app.close();
    },
  };
}

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port;
}

/** Browsers treat `localhost` as a safe origin, so addresses use the name where it is the same. */
function nameOf(host: string): string {
  return host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host;
}

/** The parts that read raw bodies, whatever their content type says. */
function registerSmokeball(scope: FastifyInstance, world: World): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  registerRecording(scope, world);
  registerOAuthRoutes(scope, world);
  registerApiRoutes(scope, world);
  registerS3Routes(scope, world);
  registerControlRoutes(scope, world);
}
