import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const HERE = __dirname;
const CONSOLE = path.resolve(HERE, '../../../apps/admin-console/src');

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/spec\.ts$|[\\/]testing[\\/]/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);

/** Values of files that make schemas: a bundle with one of them has zod in it. */
const withZod = sources(HERE)
  .filter((text) => text.includes("from 'zod'"))
  .flatMap((text) => matches(text, /^export (?:const|function) (\w+)/gm));

describe('what the console takes from here', () => {
  it('are types, and values that bring no zod along', () => {
    const imports = sources(CONSOLE).flatMap((text) =>
      matches(text, /^import \{([^}]*)\} from '@matterline\/contracts';/gm),
    );
    const names = new Set(imports.flatMap((list) => list.split(',').map((name) => name.trim())));
    expect(names).toContain('LINK_STATES');
    expect(withZod).toContain('matterSchema');
    expect(withZod.filter((name) => names.has(name))).toEqual([]);
  });

  it('is left out of its bundle where it is not used', () => {
    const manifest: unknown = JSON.parse(readFileSync(path.resolve(HERE, '../package.json'), 'utf8'));
    expect(manifest).toMatchObject({ sideEffects: false });
  });
});
