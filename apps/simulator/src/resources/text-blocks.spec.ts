import * as fc from 'fast-check';
import { ExactIndex } from './exact-index';
import { TextBlocks } from './text-blocks';

type Step = readonly ['put', number, readonly string[]] | readonly ['delete', number];

const word = fc.string({ unit: fc.constantFrom('a', 'b', '1', 'é', ' ', '+'), maxLength: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('put' as const), fc.nat(30), fc.array(word, { maxLength: 3 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('delete' as const), fc.nat(30)) },
);

interface Row {
  readonly id: string;
  readonly texts: readonly string[];
}

function rowsAfter(steps: readonly Step[], blocks: TextBlocks<Row>, rows: Map<string, Row>): void {
  for (const [what, id, texts] of steps) {
    if (what === 'delete') {
      rows.delete(`${id}`);
      blocks.delete(`${id}`);
    } else {
      const row = { id: `${id}`, texts };
      rows.set(row.id, row);
      blocks.put(row.id, row);
    }
  }
}

function idsOf(rows: readonly Row[]): string[] {
  return rows.map(({ id }) => id);
}

describe('texts in blocks', () => {
  it('give exactly the rows that have the piece, whatever was put, changed and deleted in between', () => {
    fc.assert(
      fc.property(fc.array(step), fc.array(step), word, (first, second, piece) => {
        fc.pre(piece !== '');
        const rows = new Map<string, Row>();
        const blocks = new TextBlocks<Row>(({ texts }) => texts);
        for (const steps of [first, second]) {
          rowsAfter(steps, blocks, rows);
          const wanted = [...rows.values()].filter(({ texts }) => texts.some((text) => text.includes(piece)));
          expect(idsOf(blocks.having('any', piece)).sort()).toEqual(idsOf(wanted).sort());
        }
      }),
    );
  });

  it('finds over the border of blocks, in the order in which rows came', () => {
    const count = 5000;
    const blocks = new TextBlocks<Row>(({ texts }) => texts);
    const put = (at: number): void => {
      blocks.put(`${at}`, { id: `${at}`, texts: [`row ${at}`, at % 1000 === 0 ? 'special' : 'common'] });
    };
    for (let at = 0; at < count; at += 1) put(at);
    expect(idsOf(blocks.having('any', 'special'))).toEqual(['0', '1000', '2000', '3000', '4000']);
    expect(blocks.having('any', 'common')).toHaveLength(count - 5);
    put(1000);
    expect(idsOf(blocks.having('any', 'special'))[1]).toBe('1000');
    for (let at = 0; at < 4096; at += 1) blocks.delete(`${at}`);
    expect(blocks.having('any', 'special')).toEqual([]);
    put(1000);
    expect(idsOf(blocks.having('any', 'special'))).toEqual(['1000']);
  });
});

describe('an exact index', () => {
  it('gives one id, several in their order, and none after they went', () => {
    const index = new ExactIndex();
    index.add('x', 'a');
    index.add('x', 'a');
    expect([...index.get('x')]).toEqual(['a']);
    index.add('x', 'b');
    index.add('x', 'c');
    expect([...index.get('x')]).toEqual(['a', 'b', 'c']);
    index.delete('x', 'b');
    index.delete('x', 'unknown');
    expect([...index.get('x')]).toEqual(['a', 'c']);
    index.delete('x', 'a');
    index.delete('x', 'c');
    expect([...index.get('x')]).toEqual([]);
  });
});
