import { counted } from '../counted';
import { notSettled, settled, type Outcome } from '../finding';
import type { Probe, ProbePlace } from '../probe';
import { client, maySeeWrites, newMatter, sendMatter, shown, type WritingPlace } from '../records/kit';
import { membersOf, rowsOf, textOf } from '../smokeball/members';

const PAGE = 500;
const PAGES = 4;

/** Two matters with one number settle it, whether they are there or made for it. */
export const matterNumbers: Probe = {
  id: 'matter-numbers',
  question: 'Are matter numbers unique?',
  needs: [],
  ask: async (place) => {
    const { numbers, repeated } = await readNumbers(place);
    if (repeated > 0) {
      return settled('No.', `${repeated} of ${numbers} numbers stand on two matters.`, {
        unique_matter_numbers: false,
      });
    }
    if (maySeeWrites(place)) return await askWithRecords(place);
    return notSettled(
      `${counted(numbers, 'number was', 'numbers were')} seen, none on two matters, which proves nothing.`,
      'Run again with --write.',
    );
  },
};

async function readNumbers(place: ProbePlace): Promise<{ readonly numbers: number; readonly repeated: number }> {
  const seen = new Set<string>();
  let repeated = 0;
  for (let page = 0; page < PAGES; page += 1) {
    const query = { Limit: PAGE, Offset: page * PAGE };
    const matters = rowsOf(await place.smokeball.read('/matters', { query }));
    for (const matter of matters) {
      const number = textOf(matter['number'])?.toLowerCase();
      if (number === undefined) continue;
      if (seen.has(number)) repeated += 1;
      seen.add(number);
    }
    if (matters.length < PAGE) break;
  }
  return { numbers: seen.size, repeated };
}

async function askWithRecords(place: WritingPlace): Promise<Outcome> {
  const number = `PROBE-${place.throwAway.runId}-TWICE`;
  await newMatter(place, { number });
  const second = await sendMatter(place, { number, clientIds: [await client(place)] });
  if (second.id === undefined) {
    return settled('Yes: a number in use is refused at once.', `the second matter got ${second.status}.`, {
      unique_matter_numbers: true,
      sync_checks: 'all',
    });
  }
  const found = await shown(place, '/matters/{matterId}', { matterId: second.id });
  if (found === undefined) {
    const evidence = `the second matter was accepted (202) and did not appear within ${place.waitMs / 1_000} s.`;
    return settled('Yes: a number in use is refused later.', evidence, { unique_matter_numbers: true });
  }
  if (membersOf(found)['number'] === number) {
    return settled('No.', 'two throw-away matters now have the same number.', { unique_matter_numbers: false });
  }
  return settled('Yes, and a number in use is replaced.', 'the second matter was stored with another number. The simulator has no position for it.'); // prettier-ignore
}
