/** Matterline's processes as built; the same files that `npm run start:api` and the container images run. */
export const PROGRAMS = {
  api: 'dist/server/apps/api/src/main.js',
  worker: 'dist/server/apps/worker/src/main.js',
  cli: 'dist/server/apps/cli/src/main.js',
  simulator: 'dist/server/apps/simulator/src/main.js',
};

/**
 * Flags of node beside the usual ones. The simulator may hold hundreds of thousands of contacts: with room for young objects, a large
 * answer is forgotten without a look through all of them.
 */
export const NODE_FLAGS = { simulator: ['--max-semi-space-size=64'] };
