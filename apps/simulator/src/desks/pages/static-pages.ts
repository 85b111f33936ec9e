import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SimulatorCore } from '../../core';

const FOLDERS = ['assets', 'casehug', 'pbx', 'faults', 'coverage'] as const;

/** Scripts and styles come from this origin alone, so that text of a contact can never run. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

/** Serves the pages: `/`, `/casehug/`, `/pbx/`, `/faults/`, `/coverage/`, `/assets/`, and the Smokeball pages of each tenant at `/{tenant}/app/`. */
export async function staticPages(scope: FastifyInstance, sim: SimulatorCore): Promise<void> {
  const root = resolve(process.env['SIMULATOR_PUBLIC_DIR'] ?? join(process.cwd(), 'apps/simulator/public'));
  const folder = async (path: string, prefix: string): Promise<void> => {
    await scope.register(fastifyStatic, {
      root: path,
      prefix,
      redirect: true,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply) => void reply.headers(HEADERS),
    });
  };
  for (const name of FOLDERS) await folder(join(root, name), `/${name}`);
  for (const { name } of sim.tenants()) await folder(join(root, 'app'), `/${name}/app`);
  scope.get('/', async (_request, reply) =>
    reply
      .headers(HEADERS)
      .type('text/html; charset=utf-8')
      .send(await readFile(join(root, 'index.html'))),
  );
}
