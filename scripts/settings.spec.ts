import { evaluate } from './testing/evaluate';

type Outcome = Record<string, unknown> | string;

/** Many environments in one process: starting Node is the slow part. */
function readAll(environments: readonly Record<string, string>[]): Outcome[] {
  const code = `
    const { readSettings } = await load('launch/settings.mjs');
    return input.map((env) => { try { return readSettings(env); } catch (error) { return error.name + ': ' + error.message; } });`;
  return evaluate(code, environments).value as Outcome[];
}

const KEY = Buffer.alloc(32, 7).toString('base64');
const EXTERNAL = { DATABASE_URL: 'postgres://u:p@db/x', MASTER_KEY: KEY };

const accepted: readonly [name: string, env: Record<string, string>, expected: Record<string, unknown>][] = [
  [
    'nothing set',
    {},
    { port: 3000, publicUrl: 'http://localhost:3000', simulator: true, simulatorPort: 3010, tls: false },
  ],
  ['another port', { PORT: '4000' }, { publicUrl: 'http://localhost:4000', simulatorPort: 4010 }],
  [
    'empty means not set',
    { PORT: '', PUBLIC_URL: '', DATABASE_URL: '', SIMULATOR: '', MASTER_KEY: '' },
    { simulator: true },
  ],
  ['a slash at the end', { PUBLIC_URL: 'http://localhost:3000/' }, { publicUrl: 'http://localhost:3000' }],
  ['a public address', { PUBLIC_URL: 'https://ml.example.com' }, { simulator: false, simulatorPort: 0 }],
  ['loopback by number', { PUBLIC_URL: 'http://127.8.0.1:3000' }, { simulator: true }],
  ['loopback of IPv6', { PUBLIC_URL: 'http://[::1]:3000' }, { simulator: true }],
  ['a name below localhost', { PUBLIC_URL: 'http://ml.localhost' }, { simulator: true }],
  ['a name that only begins like it', { PUBLIC_URL: 'http://localhost.example.com' }, { simulator: false }],
  ['a database of its own', EXTERNAL, { simulator: false, databaseUrl: 'postgres://u:p@db/x', masterKey: KEY }],
  ['a key in hexadecimal', { MASTER_KEY: 'ab'.repeat(32) }, { masterKey: 'ab'.repeat(32) }],
  ['the simulator switched off', { SIMULATOR: 'off' }, { simulator: false }],
  ['the simulator asked for', { SIMULATOR: 'on', SIMULATOR_PORT: '5000' }, { simulator: true, simulatorPort: 5000 }],
];

const refused: readonly [name: string, env: Record<string, string>, message: RegExp][] = [
  ['SIMULATOR=on beside a real database', { ...EXTERNAL, SIMULATOR: 'on' }, /SIMULATOR is on, but DATABASE_URL is set/],
  [
    'SIMULATOR=on at a public address',
    { SIMULATOR: 'on', PUBLIC_URL: 'https://ml.example.com' },
    /is not on this machine/,
  ],
  ['SIMULATOR=yes', { SIMULATOR: 'yes' }, /Set it to on or off/],
  [
    'a database without a key',
    { DATABASE_URL: 'postgres://u:p@db/x' },
    /MASTER_KEY is not set.*openssl rand -base64 32/,
  ],
  ['a short key', { MASTER_KEY: 'abc' }, /not 32 bytes/],
  ['a port that is none', { PORT: 'http' }, /PORT is http, which is not a port/],
  ['port 0', { PORT: '0' }, /number from 1 to 65535/],
  ['no room for the simulator', { PORT: '65530' }, /SIMULATOR_PORT is 65540/],
  ['one port for two', { PORT: '4000', SIMULATOR_PORT: '4000' }, /both 4000/],
  ['an address without a scheme', { PUBLIC_URL: 'ml.example.com' }, /not a web address/],
  ['an address of another scheme', { PUBLIC_URL: 'ftp://ml.example.com' }, /not a web address/],
];

describe('readSettings', () => {
  it('reads what is usable', () => {
    const outcomes = readAll(accepted.map(([, env]) => env));
    const found = Object.fromEntries(accepted.map(([name], index) => [name, outcomes[index]]));
    const wanted = Object.fromEntries(accepted.map(([name, , expected]) => [name, expected]));
    expect(found).toMatchObject(wanted);
  });

  it('refuses the rest with one line and a remedy', () => {
    const outcomes = readAll(refused.map(([, env]) => env));
    const wanted: unknown[] = refused.map(([, , message]): unknown =>
      expect.stringMatching(new RegExp(`^Problem: .*${message.source}`)),
    );
    expect(outcomes).toEqual(wanted);
  });
});
