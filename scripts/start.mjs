import { requireNode } from './launch/node-version.mjs';

// Before anything else is even loaded: an old Node would stumble over the rest with an unreadable message.
requireNode();

const IMPATIENT_AFTER_MS = 1_500;
const PARENT_POLL_MS = 1_000;

/** `npm start`: everything in one command; Ctrl-C, SIGTERM or a closed terminal stops all of it. */
async function main() {
  const { Launch } = await import('./launch/launch.mjs');
  const { reportFailure } = await import('./launch/report-failure.mjs');
  let launch;
  try {
    launch = new Launch();
    const stopAsked = new Promise((resolve) => onStop(launch, resolve));
    const outcome = await Promise.race([launch.start(), stopAsked]);
    if (outcome !== 'stop') {
      const failure = await Promise.race([launch.children.failure, stopAsked]);
      if (failure !== 'stop') throw failure;
    }
    console.log('\nStopping …');
    await launch.stop();
    console.log('Stopped.');
  } catch (error) {
    reportFailure(error);
    await launch?.stop().catch(reportFailure);
  }
  process.exit();
}

function onStop(launch, resolve) {
  let first = 0;
  const ask = () => {
    // npm passes a signal on that the terminal has already sent to us: only a later one is a second Ctrl-C.
    if (first !== 0 && Date.now() - first > IMPATIENT_AFTER_MS) return launch.children.kill();
    first ||= Date.now();
    return resolve('stop');
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, ask);
  if (process.env.npm_lifecycle_event !== 'start') return;
  // Run by npm, which may be killed without a word to us.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && ask(), PARENT_POLL_MS).unref();
}

void main();
