import './without-jest';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bulk } from './engine/bulk';
import { callsPerIntake } from './engine/calls-per-intake';
import { InstallationUnderLoad } from './engine/installation-under-load';
import { threeLargeDocuments } from './engine/three-large-documents';
import { Report } from './report';

const PARTS = ['calls', 'bulk', 'two-workers', 'fixed-window', 'large'] as const;

/** The sync engine's promises, against the simulator at its defaults (README.md beside this file). */
async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { intakes: { type: 'string', default: '500' }, only: { type: 'string' } } });
  const intakes = Number(values.intakes);
  const wanted = values.only?.split(',') ?? PARTS;
  const report = new Report();
  report.say(`Node ${process.version}, ${availableParallelism()} cores, ${new Date().toISOString()}`);
  const withOne = async (workers: number, switches: object, work: (under: InstallationUnderLoad) => Promise<void>) => {
    const under = await InstallationUnderLoad.start(workers, switches);
    try {
      await work(under);
    } finally {
      await under.stop();
    }
  };
  if (wanted.includes('calls')) await withOne(1, {}, (under) => callsPerIntake(under, report));
  if (wanted.includes('large')) await withOne(1, {}, (under) => threeLargeDocuments(under, report));
  if (wanted.includes('bulk')) {
    report.say(`— one worker process`);
    await withOne(1, {}, (under) => bulk(under, report, intakes));
  }
  if (wanted.includes('two-workers')) {
    report.say(`— two worker processes`);
    await withOne(2, {}, (under) => bulk(under, report, intakes));
  }
  if (wanted.includes('fixed-window')) {
    report.say(`— Smokeball counts by fixed windows`);
    await withOne(2, { bucket: { fixed_window: true } }, (under) => bulk(under, report, intakes));
  }
  return report.close();
}

main().then(
  (isKept) => (process.exitCode = isKept ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
