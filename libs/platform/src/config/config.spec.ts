import { randomBytes } from 'node:crypto';
import { ConfigError, readConfig } from './config';

const GOOD = { DATABASE_URL: 'postgres://localhost/x', MASTER_KEY: randomBytes(32).toString('base64') };

function problem(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('the configuration', () => {
  it('has the documented defaults', () => {
    expect(readConfig(GOOD)).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      redisUrl: null,
      dataDir: '.data',
      allowPrivateNetworks: false,
      watchdogIntervalMs: 300_000,
      caseHugApiUrl: null,
      trustProxy: null,
      metricsPort: null,
      metricsToken: null,
      smokeballRate: 5,
      smokeballBurst: 5,
      logLevel: 'info',
    });
  });

  it('an empty value is none', () => {
    expect(readConfig({ ...GOOD, PORT: '', REDIS_URL: '', METRICS_TOKEN: '' })).toMatchObject({
      port: 3000,
      redisUrl: null,
      metricsToken: null,
    });
  });

  it('takes the master key in base64 and in hexadecimal, and addresses without their last slash', () => {
    const key = randomBytes(32);
    for (const text of [key.toString('base64'), key.toString('hex'), key.toString('hex').toUpperCase()])
      expect(readConfig({ ...GOOD, MASTER_KEY: text }).masterKey).toEqual(key);
    const { publicUrl, caseHugApiUrl } = readConfig({
      ...GOOD,
      PUBLIC_URL: 'https://x.example//',
      CASEHUG_API_URL: 'https://y.example/api/',
    });
    expect([publicUrl, caseHugApiUrl]).toEqual(['https://x.example', 'https://y.example/api']);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['no database', { MASTER_KEY: GOOD.MASTER_KEY }, /DATABASE_URL is not set.*npm start/],
    ['no master key', { DATABASE_URL: GOOD.DATABASE_URL }, /MASTER_KEY is not set.*openssl rand -base64 32/],
    ['a short master key', { ...GOOD, MASTER_KEY: 'c2hvcnQ=' }, /MASTER_KEY must be 32 bytes/],
    ['a master key of 63 digits', { ...GOOD, MASTER_KEY: 'a'.repeat(63) }, /MASTER_KEY must be 32 bytes/],
    ['a port that is none', { ...GOOD, PORT: 'http' }, /PORT: .*config\/env\.example/],
    ['a port beyond all', { ...GOOD, PORT: '65536' }, /PORT: /],
    ['an address that is none', { ...GOOD, PUBLIC_URL: 'matterline' }, /PUBLIC_URL: /],
    ['a switch that is neither on nor off', { ...GOOD, ALLOW_PRIVATE_NETWORKS: 'true' }, /ALLOW_PRIVATE_NETWORKS: /],
    ['no rate at all', { ...GOOD, SMOKEBALL_RATE: '0' }, /SMOKEBALL_RATE: /],
    ['half a burst', { ...GOOD, SMOKEBALL_BURST: '2.5' }, /SMOKEBALL_BURST: /],
    ['an interval of nothing', { ...GOOD, WATCHDOG_INTERVAL_S: '0' }, /WATCHDOG_INTERVAL_S: /],
  ])('says plainly: %s', (_name, env, says) => {
    expect(problem(env)).toMatch(says);
  });

  it('names everything wrong at once, and never the master key', () => {
    const text = problem({ ...GOOD, PORT: 'x', LOG_LEVEL: 'loud', SMOKEBALL_RATE: '-1' });
    for (const key of ['PORT', 'LOG_LEVEL', 'SMOKEBALL_RATE']) expect(text).toContain(key);
    expect(problem({ ...GOOD, MASTER_KEY: 'my-secret-key' })).not.toContain('my-secret-key');
  });
});
