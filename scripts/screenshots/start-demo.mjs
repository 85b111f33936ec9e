import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DemoStore } from '../launch/demo-store.mjs';
import { freePort } from '../launch/free-port.mjs';
import { Problem } from '../launch/problem.mjs';
import { PROJECT_DIR } from '../launch/project-dir.mjs';
import { cleanEnvironment } from '../testing/ways.mjs';

const LIMIT_MS = 240_000;
const POLL_MS = 200;

/** @typedef {{ url: string, simulator: string, email: string, password: string, apiKey: string, stop: () => Promise<void> }} Demo */

/**
 * A Matterline of its own with simulator and demo firm, as `npm start` makes it.
 * @param {string} dataDir
 * @returns {Promise<Demo>}
 */
export async function startDemo(dataDir) {
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const settings = { PORT: String(port), SIMULATOR_PORT: String(simulatorPort), DATA_DIR: dataDir };
  const child = spawn(process.execPath, [path.join(PROJECT_DIR, 'scripts', 'start.mjs')], {
    cwd: PROJECT_DIR,
    env: { ...cleanEnvironment(), ...settings, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const until = Date.now() + LIMIT_MS;
  while (!output.includes('Stop with Ctrl-C')) {
    if (child.exitCode !== null || Date.now() > until) throw new Problem(`The demo did not start: ${output.trim()}`);
    await pause(POLL_MS);
  }
  const store = new DemoStore(dataDir);
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  return {
    url: `http://localhost:${port}`,
    simulator: `http://localhost:${simulatorPort}`,
    email: store.get('adminEmail'),
    password: store.get('adminPassword'),
    apiKey: store.get('apiKey'),
    stop,
  };
}
