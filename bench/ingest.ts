import './without-jest';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { mustCall } from '../e2e/support/http';
import { IngestScene, type Loaded, type Seen } from './ingest/ingest-scene';
import { Report } from './report';

const LEAST_OF_BARE = 1;
const LEAST_OF_SHARED = 0.6;
const MOST_P99_MS = 20;
const WARM_UP_S = 2;

/** How many of Smokeball's deliveries are verified and durably stored, beside servers that do next to nothing else (README.md). */
async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      connections: { type: 'string', default: '64' },
    },
  });
  const [rounds, seconds, connections] = [Number(values.rounds), Number(values.seconds), Number(values.connections)];
  const report = new Report();
  report.say(`Node ${process.version}, ${cpus().length} cores, load average ${loadavg()[0]?.toFixed(1)} before`);
  const scene = await IngestScene.start();
  try {
    const settings = await Promise.all(
      ['server_version', 'fsync', 'synchronous_commit'].map(async (name) => `${name} ${await scene.setting(name)}`),
    );
    report.say(`PostgreSQL: ${settings.join(', ')}; ${connections} connections, ${rounds} rounds of ${seconds} s`);
    await throughput(scene, report, { rounds, seconds, connections });
    return report.close();
  } finally {
    await scene.stop();
  }
}

interface Plan {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
}

async function throughput(scene: IngestScene, report: Report, { rounds, seconds, connections }: Plan): Promise<void> {
  const run = (target: Loaded, change: object = {}) => scene.load({ ...target, connections, seconds, ...change });
  for (const target of [scene.product, scene.bare, scene.bareShared]) await run(target, { seconds: WARM_UP_S });
  const [ours, bare, shared]: [Seen[], Seen[], Seen[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await run(scene.bare));
    ours.push(await run(scene.product));
    shared.push(await run(scene.bareShared));
    const line = (name: string, seen: Seen | undefined) =>
      `${name} ${seen?.perSecond.toFixed(0)}/s (p99 ${seen?.p99Ms.toFixed(1)} ms, ${seen?.cpuUsEach.toFixed(0)} µs of a core each, loader busy ${seen?.busy.toFixed(2)})`;
    report.say(
      [line('floor', bare.at(-1)), line('Matterline', ours.at(-1)), line('floor, shared', shared.at(-1))].join(' · '),
    );
  }
  const mine = middle(ours.map(({ perSecond }) => perSecond));
  report.figure('deliveries per second', mine, { floor: middle(bare.map(ofFloor)), least: LEAST_OF_BARE });
  report.figure('  beside shared commits', mine, { floor: middle(shared.map(ofFloor)), least: LEAST_OF_SHARED });
  const failed = ours.flatMap(({ failures }) => Object.values(failures)).reduce((sum, count) => sum + count, 0);
  report.figure('  answers that were no 200', failed, { atMost: 0 });

  const half = await run(scene.product, { rate: mine / 2 });
  const floor = await run(scene.bare, { rate: mine / 2 });
  report.figure(`at half of that, p50 ms`, half.p50Ms, { floor: floor.p50Ms });
  report.figure(`at half of that, p99 ms`, half.p99Ms, { floor: floor.p99Ms, atMost: MOST_P99_MS });
  await mustCall('POST', `${scene.installation.simulator.url}/_sim/faults`, {
    json: { route: '*', fault: { hang: true } },
  });
  const hanging = await run(scene.product, { rate: mine / 2 });
  report.figure(`with Smokeball's API hanging, p99 ms`, hanging.p99Ms, { floor: half.p99Ms, atMost: MOST_P99_MS });
}

const ofFloor = ({ perSecond }: Seen): number => perSecond;

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

main().then(
  (isKept) => (process.exitCode = isKept ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    // What was started before the failure ends with this process.
    process.exit(1);
  },
);
