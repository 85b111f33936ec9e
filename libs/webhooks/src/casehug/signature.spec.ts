import { createHmac } from 'node:crypto';
import { type FirmSettings, firmSettingsSchema } from '@matterline/contracts';
import { isSignedByCaseHug } from './signature';

const BODY = Buffer.from('{"id":"evt_1","type":"matter.created","firm_id":"firm_1","data":{"title":"Zoë"}}');
const NOW_S = 1_772_892_000;
const SECRET = 'whsec_a8b3c2d1e4f5';
const NEXT = 'whsec_next';

const mac = (secret: string, text: string | Buffer, encoding: 'hex' | 'base64' = 'hex') =>
  createHmac('sha256', secret).update(text).digest(encoding);
const stripe = (secret: string, at = NOW_S, body = BODY) =>
  `t=${at},v1=${mac(secret, Buffer.concat([Buffer.from(`${at}.`), body]))}`;
const scheme = (name: FirmSettings['signature_scheme']) => firmSettingsSchema.parse({ signature_scheme: name });
const check = (name: FirmSettings['signature_scheme'], header: string | undefined, secrets = [SECRET], body = BODY) =>
  isSignedByCaseHug({ header, body, nowMs: NOW_S * 1000 }, scheme(name), secrets);

const HEADERS: Readonly<Record<FirmSettings['signature_scheme'], (secret: string) => string>> = {
  stripe,
  sha256: (secret) => `sha256=${mac(secret, BODY)}`,
  hex: (secret) => mac(secret, BODY),
  base64: (secret) => mac(secret, BODY, 'base64'),
};
const SCHEMES = Object.keys(HEADERS) as FirmSettings['signature_scheme'][];

describe('CaseHug’s signature', () => {
  /** Written down once, so that a change of our own arithmetic shows. */
  it.each<[FirmSettings['signature_scheme'], string]>([
    ['stripe', 't=1772892000,v1=37f5eedeb277d73f21183c37af2f7a64e5e6656a95ff52b3e371e88531663f89'],
    ['sha256', 'sha256=acf92933735da2a867811ca8ade1c7e349f94f498a5243c1d09118500d92a2f0'],
  ])('fixed vector of %s', (name, header) => {
    expect(check(name, header)).toBe(true);
  });

  describe.each(SCHEMES)('%s', (name) => {
    const good = HEADERS[name](SECRET);

    it('is good with the secret', () => expect(check(name, good)).toBe(true));
    it('is good with either of two secrets', () => {
      expect(check(name, good, [SECRET, NEXT])).toBe(true);
      expect(check(name, HEADERS[name](NEXT), [SECRET, NEXT])).toBe(true);
    });
    it('is bad with neither of two', () => expect(check(name, HEADERS[name]('other'), [SECRET, NEXT])).toBe(false));
    it('is bad without any secret', () => expect(check(name, good, [])).toBe(false));
    it('is bad for another body', () => expect(check(name, good, [SECRET], Buffer.from('{}'))).toBe(false));
    it('is bad for the same JSON with other white space', () =>
      expect(check(name, good, [SECRET], Buffer.from(BODY.toString().replace(',', ', ')))).toBe(false));
    it.each(SCHEMES.filter((other) => other !== name))('is bad in the form of %s', (other) => {
      expect(check(name, HEADERS[other](SECRET))).toBe(false);
    });

    const bad: readonly [string, string | undefined][] = [
      ['missing', undefined],
      ['empty', ''],
      ['blank', '   '],
      ['cut', good.slice(0, -1)],
      ['longer', `${good}0`],
      ['huge', `${good}${' '.repeat(5)}${'x'.repeat(5_000)}`],
      ['of signs outside ASCII', '💥'],
      ['only the name', name === 'stripe' ? `t=${NOW_S},v1=` : name === 'sha256' ? 'sha256=' : '='],
    ];
    it.each(bad)('is bad when it is %s', (_case, header) => expect(check(name, header)).toBe(false));
  });

  const stamps: readonly [string, string, boolean][] = [
    ['299 s old', stripe(SECRET, NOW_S - 299), true],
    ['300 s old', stripe(SECRET, NOW_S - 300), true],
    ['301 s old', stripe(SECRET, NOW_S - 301), false],
    ['299 s ahead', stripe(SECRET, NOW_S + 299), true],
    ['301 s ahead', stripe(SECRET, NOW_S + 301), false],
    ['without a time', stripe(SECRET).replace(/^t=\d+,/, ''), false],
    ['with another time than was signed', stripe(SECRET).replace(/^t=\d+/, `t=${NOW_S + 1}`), false],
    ['with a time that is no number', stripe(SECRET).replace(/^t=\d+/, 't=now'), false],
    ['with two signatures, the second good', stripe(SECRET).replace(',v1=', `,v1=${'0'.repeat(64)},v1=`), true],
    ['with members in another order and spaces', stripe(SECRET).split(',').reverse().join(' , '), true],
    ['with a signature of an older version only', stripe(SECRET).replace('v1=', 'v0='), false],
    ['in capitals', stripe(SECRET).replace(/v1=(.*)/, (_all, hex: string) => `v1=${hex.toUpperCase()}`), true],
  ];
  it.each(stamps)('stripe %s', (_name, header, expected) => expect(check('stripe', header)).toBe(expected));

  it('takes the firm’s own tolerance', () => {
    const settings = firmSettingsSchema.parse({ tolerance_s: 10 });
    const at = (age: number) =>
      isSignedByCaseHug({ header: stripe(SECRET, NOW_S - age), body: BODY, nowMs: NOW_S * 1000 }, settings, [SECRET]);
    expect([at(10), at(11)]).toEqual([true, false]);
  });
});
