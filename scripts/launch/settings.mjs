import path from 'node:path';
import { Problem } from './problem.mjs';

const SIMULATOR_PORT_STEP = 10;
const LAST_PORT = 65_535;
const KEY_BYTES = 32;

/**
 * What `npm start` and `npm run cli` do, read from the environment alone (config/env.example names every key).
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ port: number, publicUrl: string, dataDir: string, databaseUrl: string | undefined, masterKey: string | undefined,
 *   simulator: boolean, simulatorPort: number, tls: boolean }}
 *   `databaseUrl` undefined: the embedded PostgreSQL; `masterKey` undefined: kept in `dataDir`
 * @throws {Problem}
 */
export function readSettings(env) {
  const port = readPort(env, 'PORT', 3000);
  const publicUrl = readPublicUrl(env.PUBLIC_URL || `http://localhost:${port}`);
  const databaseUrl = env.DATABASE_URL || undefined;
  const simulator = readSimulator(env.SIMULATOR, { publicUrl, databaseUrl });
  const simulatorPort = simulator ? readPort(env, 'SIMULATOR_PORT', port + SIMULATOR_PORT_STEP) : 0;
  if (simulator && simulatorPort === port) {
    throw new Problem(`PORT and SIMULATOR_PORT are both ${port}.`, 'Give them different numbers.');
  }
  return {
    port,
    publicUrl,
    dataDir: path.resolve(env.DATA_DIR || '.data'),
    databaseUrl,
    masterKey: readMasterKey(env.MASTER_KEY, databaseUrl),
    simulator,
    simulatorPort,
    tls: Boolean(env.TLS_CERT),
  };
}

function readPort(env, name, fallback) {
  const text = env[name] || String(fallback);
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= LAST_PORT) return port;
  throw new Problem(`${name} is ${text}, which is not a port.`, `Set it to a number from 1 to ${LAST_PORT}.`);
}

function readPublicUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, '');
  throw new Problem(
    `PUBLIC_URL is ${text}, which is not a web address.`,
    'Set it to one like https://matterline.example.com.',
  );
}

/** On by default only where nothing but a person's own machine can be meant. */
function readSimulator(value, { publicUrl, databaseUrl }) {
  const local = databaseUrl === undefined && isLoopback(publicUrl);
  if (value === undefined || value === '') return local;
  if (value === 'off') return false;
  if (value !== 'on') throw new Problem(`SIMULATOR is ${value}.`, 'Set it to on or off.');
  if (local) return true;
  const reason = databaseUrl === undefined ? `PUBLIC_URL (${publicUrl}) is not on this machine` : 'DATABASE_URL is set';
  throw new Problem(
    `SIMULATOR is on, but ${reason}: the simulator and its demo firm are for a trial on one's own machine only.`,
    'Set SIMULATOR=off, or leave the other one out.',
  );
}

/** RFC 6761 (localhost and names below it), RFC 1122 (127.0.0.0/8), RFC 4291 (::1). */
export function isLoopback(address) {
  const host = new URL(address).hostname;
  return host === 'localhost' || host.endsWith('.localhost') || /^127\./.test(host) || host === '[::1]';
}

function readMasterKey(text, databaseUrl) {
  if (!text) {
    if (databaseUrl === undefined) return undefined;
    throw new Problem(
      'MASTER_KEY is not set, and with DATABASE_URL it must be: it encrypts client data.',
      'Make one with "openssl rand -base64 32", set it, and keep a copy in a safe place.',
    );
  }
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length === KEY_BYTES) return text;
  throw new Problem(
    'MASTER_KEY is not 32 bytes in base64 (or 64 hexadecimal digits).',
    'Make one with "openssl rand -base64 32".',
  );
}
