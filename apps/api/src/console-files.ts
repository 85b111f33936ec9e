import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { ApiError, sendError } from '@matterline/platform';
import type { FastifyInstance } from 'fastify';

/** Where the console's build stands, seen from the project's folder. */
const CONSOLE_DIR = 'dist/admin-console/browser';
const OURS = /^\/(api|hooks|health|metrics)(\/|$)/;
const HASHED = /-[A-Z0-9]{8}\.(js|css|mjs)$/;

/** Serves the console's files; every other page address gets its entry page, so that a reload finds its way back. */
export function serveConsole(app: FastifyInstance, projectDir: string): void {
  const root = path.resolve(projectDir, CONSOLE_DIR);
  if (existsSync(path.join(root, 'index.html'))) {
    void app.register(fastifyStatic, {
      root,
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, file) => {
        void reply.header('Cache-Control', HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.get('/*', (request, reply) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const isPage = !OURS.test(pathname) && path.extname(pathname) === '' && existsSync(path.join(root, 'index.html'));
    if (!isPage) return sendError(reply, new ApiError('not_found', 'There is nothing at this address.'));
    return reply.header('Cache-Control', 'no-cache').sendFile('index.html', root);
  });
}
