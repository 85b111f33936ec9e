import { contactUrl, matterUrl } from './deep-links';
import { defaultHosts, hostsFromEnv, type Environment, type Region } from './regions';

describe('defaultHosts', () => {
  const cases: readonly [Region, Environment, string, string, string][] = [
    ['us', 'production', 'https://auth.smokeball.com', 'https://api.smokeball.com', 'https://app.smokeball.com'],
    [
      'us',
      'staging',
      'https://datastaging-auth.smokeball.com',
      'https://stagingapi.smokeball.com',
      'https://rc-app.smokeball.com',
    ],
    [
      'au',
      'production',
      'https://auth.smokeball.com.au',
      'https://api.smokeball.com.au',
      'https://app.smokeball.com.au',
    ],
    [
      'au',
      'staging',
      'https://datastaging-auth.smokeball.com.au',
      'https://stagingapi.smokeball.com.au',
      'https://rc-app.smokeball.com.au',
    ],
    ['uk', 'production', 'https://auth.smokeball.co.uk', 'https://api.smokeball.co.uk', 'https://app.smokeball.co.uk'],
    [
      'uk',
      'staging',
      'https://datastaging-auth.smokeball.co.uk',
      'https://stagingapi.smokeball.co.uk',
      'https://rc-app.smokeball.co.uk',
    ],
  ];
  it.each(cases)('%s %s', (region, environment, auth, api, app) => {
    expect(defaultHosts(region, environment)).toEqual({ auth, api, app });
  });
});

describe('hostsFromEnv', () => {
  it('lets each key replace its own host only', () => {
    const env = { SMOKEBALL_AU_STAGING_API_URL: 'http://localhost:3010/au-staging/api/' };
    expect(hostsFromEnv(env, 'au', 'staging')).toEqual({
      ...defaultHosts('au', 'staging'),
      api: 'http://localhost:3010/au-staging/api',
    });
    expect(hostsFromEnv(env, 'au', 'production')).toEqual(defaultHosts('au', 'production'));
  });

  it('reads production keys without a word for the environment', () => {
    const env = {
      SMOKEBALL_US_AUTH_URL: 'http://a',
      SMOKEBALL_US_API_URL: 'http://b',
      SMOKEBALL_US_APP_URL: 'http://c//',
    };
    expect(hostsFromEnv(env, 'us', 'production')).toEqual({ auth: 'http://a', api: 'http://b', app: 'http://c' });
  });

  it('takes an empty value for absent', () => {
    expect(hostsFromEnv({ SMOKEBALL_UK_API_URL: ' ' }, 'uk', 'production')).toEqual(defaultHosts('uk', 'production'));
  });

  it.each(['localhost:3010', 'ftp://host', 'http://', 'javascript:alert(1)'])(
    'refuses %s by the name of its key',
    (value) => {
      expect(() => hostsFromEnv({ SMOKEBALL_US_API_URL: value }, 'us', 'production')).toThrow(
        /^SMOKEBALL_US_API_URL must/,
      );
    },
  );
});

describe('deep links', () => {
  const hosts = { app: 'https://app.smokeball.com/' };

  it('open the pages of the web app', () => {
    expect(contactUrl(hosts, 'c-1')).toBe('https://app.smokeball.com/#/billing/view-contact/c-1/details');
    expect(matterUrl(hosts, 'm-1')).toBe('https://app.smokeball.com/#/billing/view-matter/m-1');
  });

  it('take another template, and ids that are not harmless', () => {
    expect(matterUrl(hosts, 'a/b?$&', '{app}/m/{id}/{id}')).toBe(
      'https://app.smokeball.com/m/a%2Fb%3F%24%26/a%2Fb%3F%24%26',
    );
  });
});
