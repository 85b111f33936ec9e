import flags from '../../config/node-flags.json';
import { checkAnswersOf } from './described-answers';
import { call } from './http';
import { freePort } from './free-port';
import { Program } from './program';
import type { ApiProcess } from './product';
import { PROJECT_DIR } from './project-dir';
import { waitFor } from './wait-for';

const READY_MS = 60_000;

/** An API process as `npm run start:api` starts it, on a free port, once it is ready. */
export async function startApiProcess(env: Readonly<Record<string, string>>): Promise<ApiProcess> {
  const port = env['PORT'] ?? String(await freePort());
  const url = `http://localhost:${port}`;
  const program = new Program({
    command: process.execPath,
    args: [...flags.api, 'dist/server/apps/api/src/main.js'],
    cwd: PROJECT_DIR,
    env: { ...env, PORT: port },
  });
  await waitFor(
    'the API to be ready',
    async () => {
      if (!program.isRunning) throw new Error(`it ended: ${program.output.slice(-800)}`);
      return (await call('GET', `${url}/health/ready`)).status === 200;
    },
    { limitMs: READY_MS },
  );
  await checkAnswersOf(url);
  return { url, pid: program.pid, stop: async () => void (await program.stop()) };
}
