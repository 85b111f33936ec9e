import type { Contact } from '@matterline/smokeball-client';
import { type FillPlace, nextPlace } from './next-place';

const page = (...moments: number[]): Contact[] =>
  moments.map((moment, at) => ({ id: `c${at}`, isDeleted: false, tags: [], lastUpdated: BigInt(moment) }));

const CASES: readonly { name: string; place: FillPlace; moments: readonly number[]; next: FillPlace }[] = [
  {
    name: 'goes on from the last moment',
    place: { since: 0n, skip: 0 },
    moments: [1, 2, 5],
    next: { since: 4n, skip: 0 },
  },
  {
    name: 'counts on within one moment',
    place: { since: 5n, skip: 0 },
    moments: [5, 5, 5],
    next: { since: 5n, skip: 3 },
  },
  {
    name: 'counts on at the very beginning',
    place: { since: 0n, skip: 0 },
    moments: [7, 7],
    next: { since: 0n, skip: 2 },
  },
  { name: 'leaves the moment behind', place: { since: 5n, skip: 3 }, moments: [5, 9], next: { since: 8n, skip: 0 } },
  {
    name: 'counts on where a moment is only one tick away',
    place: { since: 4n, skip: 0 },
    moments: [4, 5],
    next: { since: 4n, skip: 2 },
  },
  {
    name: 'passes a page out of order by its length',
    place: { since: 2n, skip: 4 },
    moments: [9, 3, 8],
    next: { since: 2n, skip: 7 },
  },
  {
    name: 'stays where it is without contacts',
    place: { since: 5n, skip: 0 },
    moments: [],
    next: { since: 5n, skip: 0 },
  },
];

test.each(CASES)('$name', ({ place, moments, next }) => {
  expect(nextPlace(place, page(...moments))).toEqual(next);
});

test('every contact is read, though they change while it reads', () => {
  const held = new Map(Array.from({ length: 57 }, (_unused, at) => [`c${at}`, BigInt(Math.floor(at / 9))]));
  const read = new Set<string>();
  let place: FillPlace = { since: 0n, skip: 0 };
  for (let turn = 0, now = 100n; turn < 100; turn += 1, now += 1n) {
    const rows = [...held].filter(([, moment]) => moment >= place.since).sort(([, a], [, b]) => Number(a - b));
    const found = rows
      .slice(place.skip, place.skip + 10)
      .map(([id, lastUpdated]) => ({ id, lastUpdated, isDeleted: false, tags: [] }));
    for (const { id } of found) read.add(id);
    if (found.length < 10) break;
    place = nextPlace(place, found);
    const [early] = found;
    if (early && turn < 8) held.set(early.id, now);
  }
  expect(read.size).toBe(held.size);
});
