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
    : await prepareWithoutDatabase(process.env);
  try {
    process.exitCode = await runProgram(process.execPath, [PROGRAMS.cli, ...args], { cwd: PROJECT_DIR, env });
  } finally {
    await release();
  }
}

/** Only `probe` can do without, unless it is to use a connected firm's sign-in. */
function needsDatabase([name, ...options]) {
  return name !== 'probe' || options.some((option) => option === '--firm' || option.startsWith('--firm='));
}

const { reportFailure } = await import('./launch/report-failure.mjs');
await main(process.argv.slice(2)).catch(reportFailure);
