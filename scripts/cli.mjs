import { requireNode } from './launch/node-version.mjs';

requireNode();

/**
 * `npm run -s cli -- <command>`: the operators' commands beside a running server or without one, with the same settings. Only the
 * command's own words go to standard output.
 */
async function main(args) {
  const { prepareCommand, prepareWithoutDatabase } = await import('./launch/prepare-command.mjs');
  const { runProgram } = await import('./launch/run-program.mjs');
  const { PROGRAMS } = await import('./launch/programs.mjs');
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { env, release } = needsDatabase(args)
    ? await prepareCommand(process.env, { migrate: args[0] !== 'migrate' })
    : await prepareWithoutDatabase(asksForHelp(args) ? { ...process.env, DATABASE_URL: undefined } : process.env);
  try {
    process.exitCode = await runProgram(process.execPath, [PROGRAMS.cli, ...args], { cwd: PROJECT_DIR, env });
  } finally {
    await release();
  }
}

/** Answered whatever is set, even when a database is named whose other settings are missing. */
function asksForHelp([name, ...options]) {
  return name === 'help' || [name, ...options].some((word) => word === '--help' || word === '-h');
}

/** Help can do without, and so can `probe`, unless it is to use a connected firm's sign-in. */
function needsDatabase([name, ...options]) {
  if (asksForHelp([name, ...options])) return false;
  return name !== 'probe' || options.some((option) => option === '--firm' || option.startsWith('--firm='));
}

const { reportFailure } = await import('./launch/report-failure.mjs');
await main(process.argv.slice(2)).catch(reportFailure);
