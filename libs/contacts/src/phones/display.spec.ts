import { display } from './display';
import { localPart } from './local-part';
import type { PhoneCountry } from './phone-country';
import { searchTails } from './search-tails';

const SHOWN: readonly (readonly [string, PhoneCountry, string])[] = [
  ['+16173998147', 'US', '617-399-8147'],
  ['+61290115974', 'AU', '(02) 9011 5974'],
  ['+442079460000', 'GB', '020 7946 0000'],
  ['+442079460000', 'US', '+44 20 7946 0000'],
  ['+16173998147', 'AU', '+1 617 399 8147'],
  ['118118', 'GB', '118118'],
];
test.each(SHOWN)('%s is shown in %s as %s', (e164, country, text) => {
  expect(display(e164, country)).toBe(text);
});

const TAILS: readonly (readonly [string, PhoneCountry, readonly string[]])[] = [
  ['+16173998147', 'US', ['*3998147*', '*399-8147*', '*8147']],
  ['+61290115974', 'AU', ['*90115974*', '*9011 5974*', '*5974']],
  ['+61412345678', 'AU', ['*12345678*', '*12 345 678*', '*678']],
  ['+442079460000', 'GB', ['*460000*', '*46 0000*', '*0000']],
  ['118118', 'GB', ['*118118*']],
];
test.each(TAILS)('%s is searched for in %s by %j', (e164, country, terms) => {
  const found = searchTails(e164, country).map(({ text, match }) => `*${text}${match === 'contains' ? '*' : ''}`);
  expect(found).toEqual(terms);
});

const LOCAL: readonly { e164: string; country: PhoneCountry; areaCode: string; is: string | null }[] = [
  { e164: '+16173998147', country: 'US', areaCode: '617', is: '3998147' },
  { e164: '+16173998147', country: 'US', areaCode: '212', is: null },
  { e164: '+16173998147', country: 'US', areaCode: '', is: null },
  { e164: '+61290115974', country: 'AU', areaCode: '02', is: '90115974' },
  { e164: '+61290115974', country: 'AU', areaCode: '2', is: '90115974' },
  { e164: '+61290115974', country: 'AU', areaCode: '03', is: null },
  { e164: '+441865512345', country: 'GB', areaCode: '01865', is: '512345' },
];
test.each(LOCAL)('$e164 in area $areaCode is locally $is', ({ e164, country, areaCode, is }) => {
  expect(localPart(e164, { country, areaCode })).toBe(is);
});
