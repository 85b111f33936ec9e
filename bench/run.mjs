import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** `npm run bench -- simulator`: runs `bench/simulator.ts` from its source, without a build. More arguments go to the bench. */
const HERE = import.meta.dirname;
const HOOK = path.join(HERE, '../config/testing/swc-register.cjs');
const NOT_A_BENCH = new Set(['report', 'without-jest']);

const [name = '', ...args] = process.argv.slice(2);
const file = path.join(HERE, `${name}.ts`);
if (!/^[a-z-]+$/.test(name) || NOT_A_BENCH.has(name) || !existsSync(file)) {
  const names = readdirSync(HERE).flatMap((entry) => (entry.endsWith('.ts') ? [entry.slice(0, -3)] : []));
  console.error(`Say which: ${names.filter((known) => !NOT_A_BENCH.has(known)).join(', ')}`);
  process.exit(2);
}
const { status } = spawnSync(process.execPath, ['-r', HOOK, file, ...args], { stdio: 'inherit' });
process.exit(status ?? 1);
