import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import flags from './node-flags.json';

const read = (file: string) => readFileSync(resolve(__dirname, '..', file), 'utf8');
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

describe('the flags of node', () => {
  it.each(['api', 'worker', 'simulator'] as const)('are those of npm run start:%s', (name) => {
    expect(scripts[`start:${name}`]).toBe(`node ${flags[name].join(' ')} dist/server/apps/${name}/src/main.js`);
  });

  it('are those of the container images', () => {
    const quoted = (name: 'api' | 'worker', quote: string) =>
      ['node', ...flags[name], `dist/server/apps/${name}/src/main.js`].map((word) => quote + word + quote).join(', ');
    expect(read('Dockerfile')).toContain(`CMD [${quoted('api', '"')}]`);
    expect(read('docker-compose.yml')).toContain(`command: [${quoted('api', "'")}]`);
    expect(read('docker-compose.yml')).toContain(`command: [${quoted('worker', "'")}]`);
  });
});
