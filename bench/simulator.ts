import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import flags from '../config/node-flags.json';
import { Report } from './report';
import { load, percentile, type Kind, type Outcome } from './simulator/load';
import { Partner } from './simulator/partner';
import { IS_PINNED, leaveTheFirstCore, PinnedProcess } from './simulator/pinned-process';
import { SignedReceiver } from './simulator/signed-receiver';

const SIMULATOR = 'apps/simulator/src/main.ts';
/** As Matterline starts it. */
const FLAGS = flags.simulator;
const FLOOR = 'bench/simulator/constant-server.ts';
const LEAST_PER_SECOND = 1000;
const MOST_SEARCH_MS = 50;
const MOST_RESET_MS = 1000;
const SEARCHES = 300;
const MATTERS = 500;
/** Ten thousand hits and a page of 500 of them. */
const BROAD = 'a word that thousands have';

/** Can the simulator be the other side of a benchmark without being its limit? README.md beside this file. */
async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { contacts: { type: 'string', default: '200000' }, seconds: { type: 'string', default: '10' } },
  });
  const [contacts, seconds] = [Number(values.contacts), Number(values.seconds)];
  const report = new Report();
  leaveTheFirstCore();
  const where = IS_PINNED ? 'the simulator on one, the load on the rest' : 'not pinned';
  report.say(`Node ${process.version}, ${cpus().length} cores (${where}), ${contacts} contacts, ${seconds} s`);
  report.say(`Load average of the machine before: ${loadavg()[0]?.toFixed(1)} (p99 on a busy machine is the others')`);
  await inMemory(report, contacts, seconds);
  await withFolder(report, contacts);
  return report.close();
}

async function inMemory(report: Report, contacts: number, seconds: number): Promise<void> {
  const simulator = await PinnedProcess.start(SIMULATOR, { SIMULATOR_PORT: '0', SIMULATOR_DATA: '' }, FLAGS);
  const floor = await PinnedProcess.start(FLOOR);
  const partner = await prepared(simulator.url, contacts);
  const receiver = await SignedReceiver.start(partner.clientId);
  try {
    const kinds = mixOf(await matterTypeAndClients(partner));
    const { url: eventNotificationUrl, key } = receiver;
    await partner.api('POST', '/webhooks', { key, eventNotificationUrl, eventTypes: ['contact.created'] });
    await load(simulator.url, partner.headers(), kinds, 2);
    await load(floor.url, partner.headers(), kinds, 2);
    const bare = await measured(floor, partner, kinds, seconds);
    await quiet(receiver);
    receiver.good = 0;
    const ours = await measured(simulator, partner, kinds, seconds);
    const failed = [...ours.failures].map(([status, count]) => `${count} × ${status}`).join(', ');
    if (failed !== '') throw new Error(`answers that were no success: ${failed}`);
    report.figure('mix, calls per second', ours.perSecond, { floor: bare.perSecond, atLeast: LEAST_PER_SECOND });
    const [mine, least] = [ours.perCoreSecond, bare.perCoreSecond];
    report.figure('mix, calls per second of a core of its own', mine, { floor: least, atLeast: LEAST_PER_SECOND });
    for (const { name } of kinds) {
      const [own, bared] = [ours.latenciesMs.get(name) ?? [], bare.latenciesMs.get(name) ?? []];
      report.figure(`  ${name}, p50 ms`, percentile(own, 0.5), { floor: percentile(bared, 0.5) });
      report.figure(`  ${name}, p99 ms`, percentile(own, 0.99), { floor: percentile(bared, 0.99) });
    }
    const writes = ours.latenciesMs.get('write with a signed webhook')?.length ?? 0;
    await delivered(receiver, writes);
    report.figure('  signed webhooks delivered, of the writes', receiver.good / writes, { atLeast: 1 });
    report.figure('  webhooks with a wrong signature', receiver.bad, { atMost: 0 });
    await searches(report, partner, simulator, floor.url);
    const memory = simulator.memoryMb();
    if (memory !== undefined)
      report.say(`· memory: ${Math.round(memory.now)} MB, at most ${Math.round(memory.peak)} MB`);
    const startedMs = performance.now();
    await partner.control('POST', '/reset', {});
    report.figure('reset, ms', performance.now() - startedMs, { atMost: MOST_RESET_MS });
  } finally {
    receiver.stop();
    await simulator.end();
    await floor.end();
  }
}

/** The same with a data folder: it is killed, and must be there again with everything. */
async function withFolder(report: Report, contacts: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-simulator-'));
  const env = { SIMULATOR_PORT: '0', SIMULATOR_DATA: folder };
  try {
    const empty = await PinnedProcess.start(SIMULATOR, env, FLAGS);
    const emptyCpuMs = empty.cpuMs() ?? Number.NaN;
    await prepared(empty.url, contacts);
    await empty.end('SIGKILL');
    const again = await PinnedProcess.start(SIMULATOR, env, FLAGS);
    const againCpuMs = again.cpuMs() ?? Number.NaN;
    report.figure('start over a data folder after a kill, ms', again.startMs, { floor: empty.startMs });
    report.figure('  of a core of its own, ms', againCpuMs, { floor: emptyCpuMs });
    const partner = await Partner.connect(again.url, {});
    const { size } = await partner.api('GET', '/contacts?Limit=1');
    report.figure('  contacts that are still there', Number(size), { atLeast: contacts });
    const startedMs = performance.now();
    await partner.control('POST', '/reset', {});
    report.figure('  reset with the data folder, ms', performance.now() - startedMs, { atMost: MOST_RESET_MS });
    await again.end();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The bucket is off and nobody has to click; all other switches stay at their defaults. */
async function prepared(url: string, contacts: number): Promise<Partner> {
  const partner = await Partner.connect(url, { auto_approve: true, bucket: { enabled: false } });
  await partner.control('POST', '/us/bulk-contacts', { count: contacts });
  return partner;
}

interface Ids {
  readonly contactIds: readonly string[];
}

async function matterTypeAndClients(partner: Partner): Promise<Ids> {
  const page = await partner.api('GET', `/contacts?Limit=${MATTERS}&Offset=1000`);
  const contactIds = (page['value'] as { readonly id: string }[]).map(({ id }) => id);
  const types = await partner.api('GET', '/mattertypes?Location=MA&Type=0&Limit=1');
  const matterTypeId = (types['value'] as { readonly id: string }[])[0]?.id;
  for (const id of contactIds) {
    await partner.api('POST', '/matters', { matterTypeId, clientIds: [id], status: 'Open', isLead: false });
  }
  await partner.control('POST', '/settle', {});
  return { contactIds };
}

/** As bulk contacts are numbered: area code and number, half of them in one member. */
function phoneOf(index: number): string {
  return `${200 + Math.floor(index / 10_000)}555${`${index % 10_000}`.padStart(4, '0')}`;
}

function mixOf({ contactIds }: Ids): readonly Kind[] {
  const pick = (turn: number): string => contactIds[(turn * 7919) % contactIds.length] ?? '';
  return [
    {
      name: 'phone search',
      share: 40,
      make: (turn) => ({ method: 'GET', path: `/us/api/contacts?Search=phone:${phoneOf((turn * 7919) % 190_000)}` }),
    },
    { name: 'contact by id', share: 30, make: (turn) => ({ method: 'GET', path: `/us/api/contacts/${pick(turn)}` }) },
    {
      name: 'matters by contact',
      share: 15,
      make: (turn) => ({ method: 'GET', path: `/us/api/matters?ContactId=${pick(turn)}&Status=Open&Status=Pending` }),
    },
    {
      name: 'write with a signed webhook',
      share: 15,
      make: (turn) => ({
        method: 'POST',
        path: '/us/api/contacts',
        body: JSON.stringify({
          person: { firstName: 'Bench', lastName: `Mark ${turn}`, phone: { number: `999${turn}` } },
        }),
      }),
    },
  ];
}

/** A machine that others use too gives a process less than a core; what it does with a second of one stays the same. */
async function measured(
  process: PinnedProcess,
  partner: Partner,
  kinds: readonly Kind[],
  seconds: number,
): Promise<Outcome & { readonly perCoreSecond: number }> {
  const before = process.cpuMs();
  const outcome = await load(process.url, partner.headers(), kinds, seconds);
  const used = (process.cpuMs() ?? Number.NaN) - (before ?? Number.NaN);
  return { ...outcome, perCoreSecond: Number.isNaN(used) ? outcome.perSecond : outcome.calls / (used / 1000) };
}

/** Until the webhooks of the warming-up have come. */
async function quiet(receiver: SignedReceiver): Promise<void> {
  for (let before = -1; receiver.good !== before; await wait(1000)) before = receiver.good;
}

async function delivered(receiver: SignedReceiver, writes: number): Promise<void> {
  for (let waits = 0; receiver.good < writes && waits < 100; waits += 1) await wait(100);
}

/**
 * One after the other, each for another contact. On a busy machine every call waits for the others, also one that does nothing:
 * the floor's own p99 is taken off.
 */
async function searches(report: Report, partner: Partner, simulator: PinnedProcess, floorUrl: string): Promise<void> {
  const queries: Readonly<Record<string, (index: number) => string>> = {
    'exact phone': (index) => `phone:${phoneOf(index)}`,
    'phone with wildcards': (index) => `phone:*${phoneOf(index).slice(2)}*`,
    'e-mail': (index) => `email:person${index}@bulk.example`,
    'e-mail with wildcards': (index) => `email:*rson${index}@*`,
    name: (index) => `name:${['Maria', 'Liam', 'Sofia', 'Noah'][index % 4] ?? ''} Nobody ${index}`,
    'name with wildcards': (index) => `name:*${100_000 + (index % 90_000)}*`,
    [BROAD]: () => 'name:*smith*',
  };
  for (const [name, query] of Object.entries(queries)) {
    const kind: Kind = {
      name,
      share: 1,
      make: (turn) => ({
        method: 'GET',
        path: `/us/api/contacts?Search=${encodeURIComponent(query((turn * 641) % 190_000))}`,
      }),
    };
    const least = await oneByOne(floorUrl, partner, kind);
    const before = simulator.cpuMs();
    const times = await oneByOne(simulator.url, partner, kind);
    const ownMs = ((simulator.cpuMs() ?? Number.NaN) - (before ?? Number.NaN)) / SEARCHES;
    const [p99, floor] = [percentile(times, 0.99), percentile(least, 0.99)];
    report.figure(`search by ${name}, p50 ms`, percentile(times, 0.5), { floor: percentile(least, 0.5) });
    report.say(`·   of a core of its own, mean ms: ${ownMs.toFixed(2)}`);
    report.figure(`  p99 ms`, p99, { floor });
    report.figure(`  p99 ms beyond the floor`, Math.max(0, p99 - floor), { atMost: MOST_SEARCH_MS });
  }
}

async function oneByOne(url: string, partner: Partner, kind: Kind): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < SEARCHES; turn += 1) {
    const startedMs = performance.now();
    const answer = await fetch(`${url}${kind.make(turn).path}`, { headers: partner.headers() });
    await answer.arrayBuffer();
    times.push(performance.now() - startedMs);
    if (answer.status !== 200) throw new Error(`${kind.name}: ${answer.status}`);
  }
  return times;
}

main().then(
  (isKept) => (process.exitCode = isKept ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
