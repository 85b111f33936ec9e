/** Matterline's processes as built; the same files that `npm run start:api` and the container images run. */
export const PROGRAMS = {
  api: 'dist/server/apps/api/src/main.js',
  worker: 'dist/server/apps/worker/src/main.js',
  cli: 'dist/server/apps/cli/src/main.js',
  simulator: 'dist/server/apps/simulator/src/main.js',
};
