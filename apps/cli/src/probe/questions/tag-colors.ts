import { notSettled, settled, type Outcome } from '../finding';
import type { Probe, ProbePlace } from '../probe';
import { matter, maySeeWrites, type WritingPlace } from '../records/kit';
import { membersOf, rowsOf, textOf } from '../smokeball/members';
import type { Answer } from '../smokeball/smokeball-door';

const ROUTE = '/matters/{matterId}/tags';
/** The default and the one in Smokeball’s documents. */
const DOCUMENTED = ['Brown', 'Light Blue'];
const NO_COLOR = 'Probe No Colour';

/** Colours in use are allowed; a word that is no colour shows whether any word is. */
export const tagColors: Probe = {
  id: 'tag-colors',
  question: 'Which colours may the tags of matters have?',
  needs: [],
  ask: async (place) => {
    const used = await colorsInUse(place);
    if (!maySeeWrites(place)) {
      return notSettled(`In use: ${used.length === 0 ? 'none' : used.join(', ')}.`, 'Run again with --write.');
    }
    return await askWithRecords(place, used);
  },
};

async function colorsInUse(place: ProbePlace): Promise<readonly string[]> {
  const matters = rowsOf(await place.smokeball.read('/matters', { query: { Fields: 'tags', Limit: 200 } }));
  const colors = matters.flatMap(({ tags }) => rowsOf(tags).flatMap((tag) => textOf(tag['color']) ?? []));
  return [...new Set(colors)].sort();
}

async function askWithRecords(place: WritingPlace, used: readonly string[]): Promise<Outcome> {
  const matterId = await matter(place);
  const odd = await addTag(place, matterId, 'no colour', NO_COLOR);
  if (odd.status < 300) {
    const tags = rowsOf(await place.smokeball.read(ROUTE, { path: { matterId } }));
    const stored = tags.find(({ name }) => name === tagName(place, 'no colour'))?.['color'];
    if (stored === NO_COLOR) return settled('Any.', 'a word that is no colour was stored.', { tag_colors: [] });
    const became = typeof stored === 'string' ? stored : 'none';
    return settled(
      `Others become ${became}.`,
      'a word that is no colour was replaced. The simulator has no position for it.',
    );
  }
  const known = [...used];
  for (const color of DOCUMENTED.filter((one) => !used.includes(one))) {
    const answer = await addTag(place, matterId, color, color);
    if (answer.status < 300) known.push(color);
  }
  const colors = known.sort();
  const evidence = `a word that is no colour got ${odd.status}; in use or accepted: ${colors.join(', ')}. There may be more.`;
  return settled('A list of names only.', evidence, { tag_colors: colors });
}

const tagName = (place: WritingPlace, name: string) => `${place.throwAway.marker} ${name}`;

async function addTag(place: WritingPlace, matterId: string, name: string, color: string): Promise<Answer> {
  const { throwAway, smokeball } = place;
  const body = [{ type: 'Custom', name: tagName(place, name), color }];
  const answer = await throwAway.change('POST', ROUTE, { path: { matterId }, body });
  if (answer.status >= 300) return answer;
  const tags = rowsOf(await smokeball.read(ROUTE, { path: { matterId } }));
  const id = textOf(membersOf(tags.find((tag) => tag['name'] === body[0]?.name))['id']);
  if (id !== undefined) throwAway.note({ kind: 'matter tag', id, matterId, state: 'made', how: '', madeAtMs: 0 });
  return answer;
}
