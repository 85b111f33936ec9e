import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '..');
const read = (file: string) => readFileSync(resolve(ROOT, file), 'utf8');

interface Service {
  readonly image: string;
  readonly command: readonly string[];
  readonly build?: { readonly target: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly user?: string;
  readonly restart: string;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
}

const text = read('docker-compose.yml');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);

/** What compose itself does to a `$$`. */
const unescape = (value: string) => value.replaceAll('$$', '$');

describe('docker-compose.yml', () => {
  it('fits the schema', () => {
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    const isValid = ajv.compile(JSON.parse(read('config/testing/compose.schema.json')) as object);
    isValid(compose);
    expect(isValid.errors ?? []).toEqual([]);
  });

  it('is the deployment that the documents describe', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['api', 'console', 'migrate', 'postgres', 'redis', 'worker']);
  });

  it('has no password in it and no default for one', () => {
    const secrets = /(PASSWORD|SECRET|KEY|TOKEN|_URL)/;
    const given = services.flatMap(([name, service]) =>
      Object.entries(service.environment ?? {})
        .filter(([key, value]) => secrets.test(key) && !/\$\{[A-Z_]+(:\?[^}]*|:-)\}/.test(value))
        .map(([key]) => `${name}.${key}`),
    );
    expect(given).toEqual([]);
    for (const required of ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'MASTER_KEY', 'PUBLIC_URL']) {
      expect(text).toMatch(new RegExp(`\\$\\{${required}:\\?`));
      expect(text).not.toMatch(new RegExp(`\\$\\{${required}(:-|-|\\})`));
    }
  });

  it('explains every variable in config/env.example', () => {
    const used = new Set([...text.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name));
    const explained = new Set(
      [...read('config/env.example').matchAll(/^#? ?([A-Z][A-Z_]*)=/gm)].map(([, name]) => name),
    );
    expect([...used].filter((name) => !explained.has(name))).toEqual([]);
  });

  it.each(services)('%s waits only for services that can say when they are ready', (_name, service) => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      const awaited = compose.services[other];
      expect(awaited).toBeDefined();
      if (condition === 'service_healthy') expect(awaited?.healthcheck).toBeDefined();
      if (condition === 'service_completed_successfully') expect(awaited?.restart).toBe('no');
    }
  });

  it.each(services)('%s has a health check, unless it runs once', (_name, service) => {
    expect(service.healthcheck !== undefined || service.restart === 'no').toBe(true);
  });

  it.each(services)('%s mounts only volumes that are declared', (_name, service) => {
    const names = (service.volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(names.filter((name) => name === undefined || !(name in compose.volumes))).toEqual([]);
  });

  it.each(services.filter(([, { build }]) => build))(
    '%s is a stage of the Dockerfile that does not run as root',
    (_name, service) => {
      const stages = read('Dockerfile')
        .split(/^FROM /m)
        .slice(1);
      const stage = stages.find((part) => part.split('\n')[0]?.endsWith(` AS ${service.build?.target}`));
      expect(stage).toMatch(/^USER (?!root)\S+$/m);
    },
  );

  it.each(services.filter(([, { build }]) => !build))('%s names a user that is not root', (_name, service) => {
    expect(service.user).toMatch(/^(postgres|redis)$/);
  });

  const programs = services.filter(([, { command }]) => command[0] === 'node');
  it.each(programs)('%s runs a program that is built from a source, the same as its npm script', (name, service) => {
    const built = service.command.find((part) => part.startsWith('dist/'));
    const source = built?.replace('dist/server/', '').replace(/\.js$/, '.ts') ?? '';
    expect(existsSync(resolve(ROOT, source))).toBe(true);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    if (name !== 'migrate') expect(scripts[`start:${name}`]).toContain(built);
  });
});

describe('the health check of', () => {
  const checkOf = (name: string) => (compose.services[name]?.healthcheck?.test ?? []).slice(1).map(unescape);

  it.each([
    [200, 0],
    [503, 1],
  ])('api answers a %i with exit code %i', async (status, code) => {
    const server = createServer((_request, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    const [, flag = '', script = ''] = checkOf('api');
    expect(script).toContain(':3000/health/ready');
    const child = spawn(process.execPath, [flag, script.replace(':3000/', `:${port}/`)]);
    expect(await new Promise((done) => child.once('exit', done))).toBe(code);
    server.close();
  });

  it('api fails when nothing answers', () => {
    const [, flag = '', script = ''] = checkOf('api');
    expect(spawnSync(process.execPath, [flag, script.replace(':3000/', ':1/')]).status).toBe(1);
  });

  it('worker sees a running worker and misses an ended one', async () => {
    const [, flag = '', script = ''] = checkOf('worker');
    const program = 'apps/worker/src/main.js';
    expect(script).toContain(program);
    // A name of this test's own, so that no real worker on this machine is seen.
    const own = `${process.pid}/${program}`;
    const check = () => spawnSync(process.execPath, [flag, script.replace(program, own)]).status;
    const worker = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)', '--', own]);
    await new Promise((done) => worker.once('spawn', done));
    expect(check()).toBe(0);
    worker.kill('SIGKILL');
    await new Promise((done) => worker.once('exit', done));
    expect(check()).toBe(1);
  });
});

describe('config/nginx.conf', () => {
  const conf = read('config/nginx.conf');

  it('passes on what the API answers and keeps the metrics inside', () => {
    expect(conf).toMatch(/location ~ \^\/\(api\|hooks\|health\)\(\/\|\$\)/);
    expect(conf).toMatch(/location = \/metrics \{\s*return 404;/);
  });

  it('never logs a query: it may hold a code or a token', () => {
    const format = /log_format paths '([^']*)'/.exec(conf)?.[1] ?? '';
    expect(format).toContain('$uri');
    expect(format).not.toMatch(/\$request\b|\$request_uri|\$args|\$query_string|\$http_/);
  });

  it('lets a document of 100 MB through, so that the API can refuse a larger one in its own words', () => {
    const megabytes = Number(/client_max_body_size (\d+)m;/.exec(conf)?.[1]);
    expect(megabytes).toBeGreaterThan(101);
  });
});
