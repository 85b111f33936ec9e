import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { requireRoomToInstall } from './data-dir.mjs';
import { runLogged } from './run-logged.mjs';

/**
 * Whether node_modules is what package-lock.json asks for. The stamp holds the hash of the lockfile that was installed; an
 * installation made by hand (`npm ci`) has none and is recognised by npm's own copy of the lockfile.
 * @param {string} projectDir
 */
export function isInstalled(projectDir) {
  const stamp = stampFile(projectDir);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(projectDir)) return true;
  const npmsOwn = path.join(projectDir, 'node_modules', '.package-lock.json');
  if (!existsSync(npmsOwn) || !sameVersions(projectDir, npmsOwn)) return false;
  writeFileSync(stamp, lockHash(projectDir));
  return true;
}

/**
 * `npm ci`, then the stamp.
 * @param {string} projectDir
 * @param {string} logFile
 */
export async function install(projectDir, logFile) {
  requireRoomToInstall(projectDir);
  const viaNpm = process.env.npm_execpath;
  const [command, first] = viaNpm?.endsWith('.js') ? [process.execPath, [viaNpm]] : ['npm', []];
  const args = [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'];
  await runLogged({ command, args, cwd: projectDir, logFile, what: 'Installing packages' });
  writeFileSync(stampFile(projectDir), lockHash(projectDir));
}

const stampFile = (projectDir) => path.join(projectDir, 'node_modules', '.matterline-lock');

function lockHash(projectDir) {
  return createHash('sha256')
    .update(readFileSync(path.join(projectDir, 'package-lock.json')))
    .digest('hex');
}

function sameVersions(projectDir, npmsOwn) {
  const wanted = JSON.parse(readFileSync(path.join(projectDir, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(npmsOwn, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, entry]) =>
      name === '' || installed[name]?.version === entry.version || (entry.optional && !installed[name]),
  );
}
