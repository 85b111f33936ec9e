import { requireNode } from './launch/node-version.mjs';

requireNode();

/**
 * `npm run -s cli -- <command>`: the operators' commands beside a running server or without one, with the same settings. Only the
 * command's own words go to standard output.
 */
async function main(args) {
  const { prepareCommand } = await import('./launch/prepare-command.mjs');
  const { runProgram } = await import('./launch/run-program.mjs');
  const { PROGRAMS } = await import('./launch/programs.mjs');
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { env, release } = await prepareCommand(process.env, { migrate: args[0] !== 'migrate' });
  try {
    process.exitCode = await runProgram(process.execPath, [PROGRAMS.cli, ...args], { cwd: PROJECT_DIR, env });
  } finally {
    await release();
  }
}

const { reportFailure } = await import('./launch/report-failure.mjs');
await main(process.argv.slice(2)).catch(reportFailure);
