import { samplePdf } from './sample-pdf';

describe('samplePdf', () => {
  const file = samplePdf(['A (bracketed) name \\ here', 'Müller']).toString('latin1');

  it('points its cross-reference table at each object, and startxref at the table', () => {
    const start = Number(/startxref\n(\d+)/.exec(file)?.[1]);
    expect(file.slice(start, start + 4)).toBe('xref');
    const offsets = [...file.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]));
    expect(offsets.map((offset) => file.slice(offset, offset + 7))).toEqual(
      [1, 2, 3, 4, 5].map((number) => `${number} 0 obj`),
    );
  });

  it('gives the true length of its page content', () => {
    const length = Number(/\/Length (\d+)/.exec(file)?.[1]);
    expect(file.slice(file.indexOf('stream\n') + 7, file.indexOf('\nendstream'))).toHaveLength(length);
  });

  it('escapes what would end the text, and stays ASCII', () => {
    expect(file).toContain('(A \\(bracketed\\) name \\\\ here) Tj');
    expect(file).toContain('(M?ller) Tj');
  });
});
