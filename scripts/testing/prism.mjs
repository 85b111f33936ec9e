import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { freePort } from '../launch/free-port.mjs';
import { PROJECT_DIR } from '../launch/project-dir.mjs';
import { runLogged } from '../launch/run-logged.mjs';

const RECIPE = path.join(PROJECT_DIR, 'config', 'testing', 'prism');
const PLACE = path.join(PROJECT_DIR, 'node_modules', '.cache', 'matterline', 'prism');
const CLI = path.join(PLACE, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
const FILES = ['package.json', 'package-lock.json'];
const START_MS = 60_000;
const POLL_MS = 100;

/** Prism is a tool of the tests alone, so it has an install of its own. Installs it where it is missing or another version. */
export async function installPrism(logFile) {
  const isSame = FILES.every((name) => sameText(path.join(RECIPE, name), path.join(PLACE, name)));
  if (isSame && existsSync(CLI)) return;
  mkdirSync(PLACE, { recursive: true });
  for (const name of FILES) copyFileSync(path.join(RECIPE, name), path.join(PLACE, name));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  await runLogged({ command: 'npm', args, cwd: PLACE, logFile, what: 'Installing Prism' });
}

function sameText(one, other) {
  return existsSync(other) && readFileSync(one, 'utf8') === readFileSync(other, 'utf8');
}

/**
 * Starts Prism as a proxy that refuses what the document does not allow, in both directions. Each test has a simulator of its own,
 * so behind Prism stands a small switchboard that passes a call on to the address in its `X-Simulator-Target`.
 * @param {string} documentFile
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPrism(documentFile) {
  const switchboard = await startSwitchboard();
  const port = await freePort();
  const args = [CLI, 'proxy', documentFile, switchboard.url, '--errors', '--port', String(port), '--host', '127.0.0.1'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-4000)));
  const stop = async () => {
    const gone = child.exitCode !== null || new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
    await switchboard.stop();
  };
  const endsAt = Date.now() + START_MS;
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > endsAt) {
      await stop();
      throw new Error(`Prism did not start: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return { url, stop };
}

const answers = (url) =>
  fetch(url).then(
    () => true,
    () => false,
  );

async function startSwitchboard() {
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer((request, response) => {
    const { 'x-simulator-target': target, host: _host, ...headers } = request.headers;
    if (typeof target !== 'string') return void response.writeHead(502).end();
    const options = { method: request.method, headers, agent };
    const onward = http.request(`${target}${request.url}`, options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      agent.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
