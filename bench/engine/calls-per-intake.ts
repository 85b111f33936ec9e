import { routeOf } from '../../e2e/kills/support/smokeball-watch';
import { type InstallationUnderLoad, isLimited } from './installation-under-load';
import { ask, bringMany } from './intakes';
import type { Report } from '../report';

/** Search, contact, matter, file. */
const FLOOR = 4;

/** Rate-limited calls of one new intake with warm caches, and of its confirmation. */
export async function callsPerIntake(under: InstallationUnderLoad, report: Report): Promise<void> {
  const [warmUp] = await bringMany(under.firm, 1);
  if (warmUp) await ask(under.firm, [warmUp]);
  await under.quiet(60_000);

  const since = await under.newestCall();
  const intakes = await bringMany(under.firm, 1);
  await ask(under.firm, intakes);
  await under.quiet(60_000);
  const calls = (await under.calls(since)).filter(isLimited);
  const writes = calls.map((seen) => seen.method !== 'GET');
  const accepted = calls.slice(0, writes.lastIndexOf(true) + 1);
  for (const seen of calls)
    report.say(`    ${seen.at.slice(11, 23)} ${seen.status ?? '—'} ${routeOf(seen)}${seen.query}`);
  report.figure('calls of a new intake until Smokeball has accepted all of it', accepted.length, {
    floor: FLOOR,
    most: 1,
  });
  report.figure('further calls until all of it is confirmed', calls.length - accepted.length, {});
}
