import type { PhoneCountry } from './phone-country';
import { storedNumbers } from './stored-number';

const CASES: readonly { name: string; country: PhoneCountry; area?: string; number: string; are: readonly string[] }[] =
  [
    { name: 'area code apart', country: 'US', area: '617', number: '3998147', are: ['+16173998147'] },
    { name: 'area code apart, with hyphen', country: 'US', area: '(617)', number: '399-8147', are: ['+16173998147'] },
    { name: 'area code inside', country: 'US', number: '6173998147', are: ['+16173998147'] },
    { name: 'area code apart and inside', country: 'US', area: '617', number: '617-399-8147', are: ['+16173998147'] },
    { name: 'an exchange like the area code', country: 'US', area: '617', number: '6171234', are: ['+16176171234'] },
    { name: 'an area code from an example', country: 'US', area: '555', number: '1234567', are: ['+15551234567'] },
    { name: 'no area code at all', country: 'US', number: '399-8147', are: ['local 3998147'] },
    {
      name: 'two numbers',
      country: 'US',
      number: '617-399-8147 / 617-399-8148',
      are: ['+16173998147', '+16173998148'],
    },
    {
      name: 'two numbers joined by or',
      country: 'US',
      number: '(617) 399-8147 or (617) 399-8148',
      are: ['+16173998147', '+16173998148'],
    },
    { name: 'a number and its extension', country: 'US', number: '617-399-8147, 12', are: ['+16173998147'] },
    { name: 'foreign', country: 'US', number: '+61 412 345 678', are: ['+61412345678'] },
    {
      name: 'foreign beside an area code',
      country: 'US',
      area: '617',
      number: '+61 412 345 678',
      are: ['+61412345678'],
    },
    { name: 'whole in AU', country: 'AU', number: '0412 345 678', are: ['+61412345678'] },
    {
      name: 'area code apart in AU, trunk zero',
      country: 'AU',
      area: '02',
      number: '9011 5974',
      are: ['+61290115974'],
    },
    {
      name: 'area code apart in AU, no trunk zero',
      country: 'AU',
      area: '2',
      number: '90115974',
      are: ['+61290115974'],
    },
    { name: 'no area code in AU', country: 'AU', number: '9011 5974', are: ['local 90115974'] },
    { name: 'service number in AU', country: 'AU', number: '13 22 21', are: ['+61132221'] },
    { name: 'area code apart in the UK', country: 'GB', area: '020', number: '7946 0000', are: ['+442079460000'] },
    { name: 'text instead of a number', country: 'US', number: 'ask reception', are: [] },
    { name: 'too few digits', country: 'US', number: '12', are: [] },
    { name: 'empty', country: 'US', number: '', are: [] },
  ];

test.each(CASES)('$name: $area $number', ({ country, area, number, are }) => {
  const found = storedNumbers(number, area ?? '', country);
  expect(found.map((one) => ('whole' in one ? one.whole : `local ${one.local}`))).toEqual(are);
});
