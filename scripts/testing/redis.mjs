import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../launch/free-port.mjs';
import { Problem } from '../launch/problem.mjs';

const LIMIT_MS = 10_000;
const POLL_MS = 30;

/**
 * A Redis of its own on a free port, append-only file on, data in a temporary folder.
 * @param {string} program
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startRedis(program) {
  const port = await freePort();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'matterline-redis-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--appendonly', 'yes', '--save', ''];
  const log = openSync(path.join(dir, 'redis.log'), 'a');
  const child = spawn(program, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.once('error', () => undefined);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  const until = Date.now() + LIMIT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.pid === undefined || Date.now() > until) {
      throw new Problem(`Redis did not start (${program}).`, `Its log is ${path.join(dir, 'redis.log')}.`);
    }
    await pause(POLL_MS);
  }
  return { url: `redis://127.0.0.1:${port}`, stop };
}

/** The inline form of the Redis protocol: `PING` answers `+PONG`. */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const finish = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('data', (data) => finish(data.toString().startsWith('+PONG')));
    socket.once('error', () => finish(false));
  });
}
