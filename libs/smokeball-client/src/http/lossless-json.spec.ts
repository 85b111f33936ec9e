import fc from 'fast-check';
import { parseLosslessJson } from './lossless-json';

describe('parseLosslessJson', () => {
  it.each<[string, string, unknown]>([
    ['ticks', '{"lastUpdated":637558795239278688}', { lastUpdated: 637558795239278688n }],
    ['ticks at the end of a list', '[1,637558795239278689 ]', [1, 637558795239278689n]],
    ['ticks alone', '637558795239278689', 637558795239278689n],
    ['a negative int64', '{"a":-9223372036854775808}', { a: -9223372036854775808n }],
    ['the largest safe integer', '9007199254740991', 9007199254740991],
    ['the first unsafe integer', '9007199254740992', 9007199254740992n],
    ['ticks as text', '{"versionId":"637558795239278688"}', { versionId: '637558795239278688' }],
    [
      'digits inside text with quotes',
      '{"a":"\\"637558795239278688\\"","b":637558795239278688}',
      { a: '"637558795239278688"', b: 637558795239278688n },
    ],
    ['text that ends in a backslash', '{"a":"\\\\","b":637558795239278688}', { a: '\\', b: 637558795239278688n }],
    ['a long fraction', '0.6375587952392786881', 0.6375587952392787],
    ['a number with exponent', '[6375587952392786880e2]', [6.37558795239278688e20]],
  ])('reads %s', (_name, text, value) => {
    expect(parseLosslessJson(text)).toEqual(value);
  });

  it.each([
    '{637558795239278688:1}',
    '[637558795239278688 637558795239278688]',
    '[0637558795239278688]',
    '637558795239278688x',
    '[637558795239278688',
    '"637558795239278688',
    '-',
  ])('refuses %s as JSON.parse does', (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(() => parseLosslessJson(text)).toThrow(SyntaxError);
  });

  it('gives what JSON.parse gives, but for integers that would lose digits', () => {
    fc.assert(
      fc.property(fc.json(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }), (text, big) => {
        const [read, ticks] = parseLosslessJson(`[${text},${big}]`) as [unknown, unknown];
        expect(read).toEqual(parseLosslessJson(text));
        expect(ticks).toBe(big);
      }),
    );
  });

  it('accepts and refuses exactly the texts that JSON.parse does', () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '-',
      '0',
      '637558795239278688',
      'e',
      '.',
      ' ',
    );
    const accepts = (parse: (text: string) => unknown, text: string): boolean => {
      try {
        parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
        const text = fragments.join('');
        expect(accepts(parseLosslessJson, text)).toBe(accepts(JSON.parse, text));
      }),
      { numRuns: 2_000 },
    );
  });
});
