import { evaluate } from './testing/evaluate';

function environmentFor(env: Record<string, string>): Record<string, string> {
  const code = `
    const { readSettings } = await load('launch/settings.mjs');
    const { childEnvironment } = await load('launch/child-environment.mjs');
    const oauthApp = { clientId: 'made-id', clientSecret: 'made-secret', apiKey: 'made-key' };
    return childEnvironment(input, readSettings(input), { databaseUrl: 'postgres://embedded', masterKey: 'kept', oauthApp });`;
  return evaluate(code, env).value as Record<string, string>;
}

describe('childEnvironment', () => {
  it('points every region and environment at the simulator', () => {
    const made = environmentFor({ PORT: '3000' });
    expect(made).toMatchObject({
      SMOKEBALL_US_AUTH_URL: 'http://localhost:3010/us/auth',
      SMOKEBALL_AU_STAGING_API_URL: 'http://localhost:3010/au-staging/api',
      SMOKEBALL_UK_APP_URL: 'http://localhost:3010/uk/app',
      SMOKEBALL_CLIENT_ID: 'made-id',
      SMOKEBALL_CLIENT_SECRET: 'made-secret',
      SMOKEBALL_API_KEY: 'made-key',
      ALLOW_PRIVATE_NETWORKS: 'on',
      DATABASE_URL: 'postgres://embedded',
      MASTER_KEY: 'kept',
    });
  });

  it('never overrides what a person has set', () => {
    const mine = {
      SMOKEBALL_US_API_URL: 'https://api.example.com',
      SMOKEBALL_CLIENT_ID: 'mine',
      ALLOW_PRIVATE_NETWORKS: 'off',
    };
    expect(environmentFor(mine)).toMatchObject(mine);
  });

  it('takes an empty setting for none', () => {
    expect(environmentFor({ SMOKEBALL_CLIENT_ID: '' }).SMOKEBALL_CLIENT_ID).toBe('made-id');
  });

  it('says nothing of the simulator when it is off', () => {
    const made = environmentFor({ SIMULATOR: 'off' });
    const names = Object.keys(made).filter((name) => name.startsWith('SMOKEBALL') || name === 'ALLOW_PRIVATE_NETWORKS');
    expect(names).toEqual([]);
  });
});
