import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runLogged } from '../launch/run-logged.mjs';

const MINIMUM_POSTGRES = 15;
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const BROWSER_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
];
const POSTGRES_ROOTS = ['/usr/lib/postgresql', '/usr/local/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'];

/** What the tests need beyond Node, how it is found, and which Debian package brings it. */
export const TOOLS = {
  chromium: { title: 'Chromium or Chrome', package: 'chromium', find: findBrowser },
  postgres: { title: `a PostgreSQL server (${MINIMUM_POSTGRES} or newer)`, package: 'postgresql', find: findPostgres },
  redis: { title: 'a Redis server', package: 'redis-server', find: () => onPath('redis-server') },
  faketime: { title: 'libfaketime', package: 'faketime', find: findFaketime },
};

/**
 * Finds the tools, after installing Debian's packages for missing ones where this process may.
 * @param {{ logFile: string, onInstall: (packages: string[], work: () => Promise<void>) => Promise<void> }} options
 * @returns {Promise<Record<keyof typeof TOOLS, string | null>>} programs; for PostgreSQL the folder, for faketime the library
 */
export async function provideTools({ logFile, onInstall }) {
  const missing = Object.values(TOOLS).filter((tool) => tool.find() === null);
  if (missing.length > 0 && mayInstall()) {
    const packages = missing.map((tool) => tool.package);
    await onInstall(packages, () => aptInstall(packages, logFile)).catch(() => undefined);
  }
  return Object.fromEntries(Object.entries(TOOLS).map(([name, tool]) => [name, tool.find()]));
}

const mayInstall = () => process.getuid?.() === 0 && onPath('apt-get') !== null;

async function aptInstall(packages, logFile) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runLogged({ command: 'apt-get', args: ['update', '-q'], env, logFile, what: 'apt-get update' });
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  await runLogged({ command: 'apt-get', args, env, logFile: `${logFile}.install`, what: 'apt-get install' });
}

function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named && isProgram(named)) return named;
  return firstOf([...BROWSERS.map(onPath), ...BROWSER_PATHS.filter(isProgram)]);
}

/** The oldest one that is new enough: it is the promise to keep. npm's embedded server is the newest already. */
function findPostgres() {
  const fromRoots = POSTGRES_ROOTS.filter(existsSync).flatMap((root) =>
    readdirSync(root).map((name) => path.join(root, name, 'bin')),
  );
  const known = [...fromRoots, ...[onPath('postgres')].filter(Boolean).map((file) => path.dirname(file))]
    .filter((dir) => isProgram(path.join(dir, 'postgres')) && isProgram(path.join(dir, 'initdb')))
    .map((dir) => ({ dir, version: majorVersion(path.join(dir, 'postgres')) }))
    .filter(({ version }) => version >= MINIMUM_POSTGRES);
  return known.sort((a, b) => a.version - b.version)[0]?.dir ?? null;
}

/** Debian's place for it; what it does to a program works on Linux only. */
function findFaketime() {
  const root = '/usr/lib';
  if (process.platform !== 'linux' || !existsSync(root)) return null;
  return firstOf(
    readdirSync(root)
      .map((name) => path.join(root, name, 'faketime', 'libfaketime.so.1'))
      .filter(existsSync),
  );
}

function majorVersion(postgres) {
  const shown = spawnSync(postgres, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  return Number(/(\d+)(\.\d+)?/.exec(shown)?.[1] ?? 0);
}

function onPath(name) {
  const dirs = (process.env.PATH ?? '').split(path.delimiter);
  return firstOf([...dirs, '/usr/bin', '/usr/sbin'].map((dir) => path.join(dir, name)).filter(isProgram));
}

const firstOf = (list) => list.find(Boolean) ?? null;

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
