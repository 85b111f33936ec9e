import { mustCall } from '../../e2e/support/http';
import type { Intake } from '../../e2e/kills/support/intake';
import { type InstallationUnderLoad, isLimited, type RecordedCall } from './installation-under-load';
import { ask, bringMany } from './intakes';
import type { Report } from '../report';

const RATE_PER_S = 5;
const ASK_EVERY_MS = 9_000;

interface Asked {
  readonly intake: Intake;
  readonly atMs: number;
}

/** Many intakes at once against the bound of the rate limit; meanwhile another firm asks for single matters. */
export async function bulk(under: InstallationUnderLoad, report: Report, count: number): Promise<void> {
  const intakes = await bringMany(under.firm, count);
  const singles = await bringMany(
    under.other,
    Math.max(3, Math.min(40, Math.floor((count * 0.8 * 1000) / ASK_EVERY_MS))),
  );
  // What was sent before must not count.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const since = await under.newestCall();
  const begunMs = Date.now();
  await ask(under.firm, intakes);
  const asking = askOneByOne(under, singles);
  await under.quiet(count * 4 * 1000 + 120_000);
  const asked = await asking;
  await under.quiet(60_000);
  const calls = (await under.calls(since)).filter(isLimited);
  const lastMs = Math.max(...calls.map((seen) => Date.parse(seen.at) + seen.duration_ms));
  const seconds = (lastMs - begunMs) / 1000;
  report.figure(`${count} intakes in bulk, seconds (bound: calls ÷ ${RATE_PER_S})`, seconds, {
    floor: calls.length / RATE_PER_S,
    most: 1.03,
  });
  report.figure('calls sent', calls.length, { floor: 4 * (count + asked.length) });
  report.figure('calls refused with 429', calls.filter(({ status }) => status === 429).length, { atMost: 0 });
  report.figure(
    'records that stand twice or not at all',
    await wrongRecords(under, [...intakes, ...asked.map(({ intake }) => intake)]),
    {
      atMost: 0,
    },
  );
  const waits = asked.map((one) => firstCallAfter(calls, one)).sort((left, right) => left - right);
  report.figure('another firm’s single matter: median ms until its first call', at(waits, 0.5), { atMost: 400 });
  report.figure('another firm’s single matter: p99 ms until its first call', at(waits, 0.99), { atMost: 1000 });
}

async function askOneByOne(under: InstallationUnderLoad, singles: readonly Intake[]): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const intake of singles) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS * (0.75 + Math.random() / 2)));
    asked.push({ intake, atMs: Date.now() });
    await ask(under.other, [intake]);
  }
  return asked;
}

/** The first call for a new client is the search for its e-mail address. */
function firstCallAfter(calls: readonly RecordedCall[], { intake, atMs }: Asked): number {
  const first = calls.find((seen) => decodeURIComponent(seen.query).includes(intake.email));
  return first ? Date.parse(first.at) - atMs : Number.POSITIVE_INFINITY;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Counted in the simulator's own state. */
async function wrongRecords(under: InstallationUnderLoad, intakes: readonly Intake[]): Promise<number> {
  interface Row {
    readonly externalSystemId?: string | null;
    readonly matterId?: string;
    readonly id: string;
    readonly versions?: readonly { readonly sha256: string }[];
  }
  const { firms } = (await mustCall('GET', `${under.installation.simulator.url}/_sim/us/state`)) as {
    firms: { contacts: Row[]; matters: Row[]; files: Row[] }[];
  };
  const byExternal = (rows: Row[]) => {
    const counts = new Map<string, Row[]>();
    for (const row of rows)
      if (row.externalSystemId) counts.set(row.externalSystemId, [...(counts.get(row.externalSystemId) ?? []), row]);
    return counts;
  };
  const contacts = byExternal(firms.flatMap((firm) => firm.contacts));
  const matters = byExternal(firms.flatMap((firm) => firm.matters));
  const files = firms.flatMap((firm) => firm.files);
  return intakes.filter((intake) => {
    const [matter, ...more] = matters.get(intake.matterId) ?? [];
    const own = files.filter((file) => file.matterId === matter?.id);
    const versions = own.flatMap((file) => file.versions ?? []);
    const isRight =
      contacts.get(intake.clientId)?.length === 1 &&
      matter !== undefined &&
      more.length === 0 &&
      own.length === 1 &&
      versions.length === 1 &&
      versions[0]?.sha256 === intake.file.sha256;
    return !isRight;
  }).length;
}
