import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { evaluate } from '../../../scripts/testing/evaluate';
import { API_ERRORS, OPERATION_ERRORS } from './errors';

const FILE = resolve(__dirname, '..', '..', '..', 'docs', 'errors.md');
const RENDER = `const { renderErrors } = await load('errors-doc.mjs'); return await renderErrors(input.operations, input.api);`;
const render = (operations: object, api: object) => evaluate(RENDER, { operations, api });

const entry = { message: 'It went wrong.', hint: 'Do something.', fate: 'final' };
const without = (list: object, code: string) =>
  Object.fromEntries(Object.entries(list).filter(([name]) => name !== code));

describe('docs/errors.md', () => {
  const page = readFileSync(FILE, 'utf8');

  it('is what the generator makes of the lists (else run: node scripts/errors-doc.mjs)', () => {
    const { value, error } = render(OPERATION_ERRORS, API_ERRORS);
    expect(error).toBeNull();
    expect(page).toBe(value);
  });

  it.each(Object.entries(OPERATION_ERRORS))('says of %s what it means, what to do and what happens', (code, listed) => {
    const section = page.split(`### \`${code}\`\n`);
    expect(section).toHaveLength(2);
    const text = section[1]?.split(/^#/m)[0] ?? '';
    for (const sentence of [listed.message, listed.hint]) expect(text).toContain(sentence);
    expect(text.toLowerCase()).toContain(`**${listed.fate}.**`);
  });

  it.each(Object.entries(API_ERRORS))('has one row for %s with its status', (code, status) => {
    const rows = page.split('\n').filter((line) => line.startsWith(`| \`${code}\` `));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.split('|')[2]?.trim()).toBe(String(status));
  });

  it.each([
    {
      name: 'an HTTP code without a meaning',
      operations: OPERATION_ERRORS,
      api: { ...API_ERRORS, brand_new: 418 },
      says: 'brand_new',
    },
    {
      name: 'a meaning without an HTTP code',
      operations: OPERATION_ERRORS,
      api: without(API_ERRORS, 'csrf'),
      says: 'csrf',
    },
    {
      name: 'a note on a code that is gone',
      operations: without(OPERATION_ERRORS, 'link_broken'),
      api: API_ERRORS,
      says: 'link_broken',
    },
  ])('cannot be made with $name', ({ operations, api, says }) => {
    expect(render(operations, api).error?.message).toContain(says);
  });

  it('takes a new operation code as it is', () => {
    expect(render({ ...OPERATION_ERRORS, brand_new: entry }, API_ERRORS).value).toContain('### `brand_new`');
  });
});
