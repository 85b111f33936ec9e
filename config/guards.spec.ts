import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import guards from './guards.json';

const textOf = (file: string) => readFileSync(resolve(__dirname, '..', file), 'utf8');

describe('the guards that npm run prove switches off', () => {
  it.each(guards.map((guard) => [guard.name, guard] as const))(
    '%s stands once where it is looked for',
    (_name, guard) => {
      expect(textOf(guard.file).split(guard.find)).toHaveLength(2);
      expect(guard.replace).not.toBe(guard.find);
    },
  );

  it('have names of their own', () => {
    expect(new Set(guards.map(({ name }) => name)).size).toBe(guards.length);
  });
});
