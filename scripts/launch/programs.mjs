import { readFileSync } from 'node:fs';

/** Matterline's processes as built; the same files that `npm run start:api` and the container images run. */
export const PROGRAMS = {
  api: 'dist/server/apps/api/src/main.js',
  worker: 'dist/server/apps/worker/src/main.js',
  cli: 'dist/server/apps/cli/src/main.js',
  simulator: 'dist/server/apps/simulator/src/main.js',
};

/**
 * Flags of node, the same wherever the processes are started. Little room for young objects keeps API and worker small while large files
 * pass (docs/adr/0011-large-files-in-little-memory.md); much of it lets the simulator, which may hold hundreds of thousands of contacts,
 * forget a large answer without a look through all of them.
 */
export const NODE_FLAGS = JSON.parse(readFileSync(new URL('../../config/node-flags.json', import.meta.url), 'utf8'));
