import { jsonDepth } from './json-depth';

describe('jsonDepth', () => {
  test.each([
    ['a number', '1', 0],
    ['a flat object', '{"a":1}', 1],
    ['brackets and braces', '[{"a":[[]]}]', 4],
    ['brackets in a string', '{"a":"[[[["}', 1],
    ['an escaped quote before brackets', '{"a":"\\"[["}', 1],
    ['an escaped backslash at the end of a string', '{"a":"\\\\","b":[1]}', 2],
    ['siblings', '[[],[],[]]', 2],
    ['what never closes', '['.repeat(5000), 5000],
  ])('%s', (_case, text, depth) => {
    expect(jsonDepth(Buffer.from(text))).toBe(depth);
  });
});
