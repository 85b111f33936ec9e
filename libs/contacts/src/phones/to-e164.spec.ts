import type { PhoneCountry } from './phone-country';
import { toE164 } from './to-e164';

interface Spelling {
  readonly name: string;
  readonly country: PhoneCountry;
  readonly text: string;
  readonly is: string | null;
  readonly areaCode?: string;
  readonly intlPrefix?: string;
}

const US = '+16173998147';
const AU = '+61290115974';
const AU_MOBILE = '+61412345678';
const UK = '+442079460000';

const us = (name: string, text: string, is: string | null, more: Partial<Spelling> = {}): Spelling => ({
  name,
  country: 'US',
  text,
  is,
  ...more,
});
const au = (name: string, text: string, is: string | null, more: Partial<Spelling> = {}): Spelling => ({
  name,
  country: 'AU',
  text,
  is,
  ...more,
});
const uk = (name: string, text: string, is: string | null, more: Partial<Spelling> = {}): Spelling => ({
  name,
  country: 'GB',
  text,
  is,
  ...more,
});

const SPELLINGS: readonly Spelling[] = [
  us('ten digits', '6173998147', US),
  us('with the country digit', '16173998147', US),
  us('E.164', '+16173998147', US),
  us('hyphens', '617-399-8147', US),
  us('brackets', '(617) 399-8147', US),
  us('dots', '617.399.8147', US),
  us('non-breaking spaces and a long dash', '617\u00a0399–8147', US),
  us('full-width digits', '６１７３９９８１４７', US),
  us('whole SIP header', '"John Smith" <sip:6173998147@law.example.com>', US),
  us('SIP header with the number as its name', '"6173998147" <sip:6173998147@t>;tag=a1', US),
  us('digits in the display name', '"Suite 400" <sip:+16173998147@t;user=phone>', US),
  us('unquoted display name', 'John <sip:16173998147@t>', US),
  us('SIP URI with a port', 'sip:6173998147@10.0.0.1:5060', US),
  us('tel URI', 'tel:+1-617-399-8147', US),
  us('percent-encoded plus', 'sip:%2B16173998147@t', US),
  us('number and host', '6173998147@law.example.com', US),
  us('plus and brackets', '+1 (617) 399-8147', US),
  us('words around it', 'Cell: 617-399-8147 (after six)', US),
  us('extension written x', '617-399-8147 x123', US),
  us('extension joined on', '6173998147x12', US),
  us('extension written ext.', '617 399 8147 ext. 5', US),
  us('extension after a comma', '617-399-8147, 204', US),
  us('US number with the international prefix', '01116173998147', US),
  us('foreign with 011', '01161290115974', AU),
  us('foreign with 00', '00442079460000', UK),
  us('foreign with plus', '+44 20 7946 0000', UK),
  us('foreign without plus', '442079460000', UK),
  us('foreign without plus, eleven digits', '61290115974', AU),
  us('seven digits and no area code', '3998147', null),
  us('seven digits and the tenant’s area code', '399-8147', US, { areaCode: '617' }),
  us('an area code nobody has', '555-123-4567', '+15551234567'),
  us('service number', '411', '411'),
  us('toll-free', '1-800-555-1234', '+18005551234'),
  us('twenty digits', '61739981476173998147', null),
  us('no digits', 'anonymous', null),
  us('empty', '', null),
  us('only a plus', '+', null),
  au('national with trunk zero', '0290115974', AU),
  au('national, trunk zero lost', '290115974', AU),
  au('country code without plus', '61290115974', AU),
  au('E.164', '+61290115974', AU),
  au('own number dialled from inside with 0011', '001161290115974', AU),
  au('brackets around the area code', '(02) 9011 5974', AU),
  au('bracketed trunk zero after the country', '+61 (0)2 9011 5974', AU),
  au('trunk zero kept after the country', '+610290115974', AU),
  au('plus before a national number', '+0290115974', AU),
  au('mobile', '0412 345 678', AU_MOBILE),
  au('mobile E.164 with spaces', '+61 412 345 678', AU_MOBILE),
  au('six-digit service number', '132221', '+61132221'),
  au('six-digit service number as the trunk writes it', '+61132221', '+61132221'),
  au('1300 number', '1300 123 456', '+611300123456'),
  au('1800 number', '1800123456', '+611800123456'),
  au('eight digits without area code', '90115974', null),
  au('eight digits, area code with trunk zero', '9011 5974', AU, { areaCode: '02' }),
  au('eight digits, area code without trunk zero', '9011 5974', AU, { areaCode: '2' }),
  au('US number with 0011', '001116173998147', US),
  au('US number without plus', '16173998147', US),
  au('UK number without plus', '442079460000', UK),
  au('UK number with 00', '00442079460000', UK),
  au('a prefix of the PBX’s own', '9011442079460000', UK, { intlPrefix: '9011' }),
  uk('national with trunk zero', '02079460000', UK),
  uk('country code without plus', '442079460000', UK),
  uk('E.164', '+442079460000', UK),
  uk('with 00', '00442079460000', UK),
  uk('trunk zero lost', '2079460000', UK),
  uk('bracketed trunk zero', '+44 (0)20 7946 0000', UK),
  uk('bracketed trunk zero after 00', '0044 (0) 20 7946 0000'.replace('(0) ', '(0)'), UK),
  uk('grouped', '020 7946 0000', UK),
  uk('eight digits and the tenant’s area code', '7946 0000', UK, { areaCode: '020' }),
  uk('six digits and the tenant’s area code', '512345', '+441865512345', { areaCode: '01865' }),
  uk('US number without plus', '16173998147', US),
  uk('directory service', '118118', '118118'),
  uk('mobile', '07400 123456', '+447400123456'),
];

test.each(SPELLINGS)('$country: $name ($text)', ({ text, country, areaCode, intlPrefix, is }) => {
  expect(toE164(text, { country, areaCode, intlPrefix })).toBe(is);
});

test('a canonical number stays as it is', () => {
  for (const { is, country } of SPELLINGS) if (is !== null) expect(toE164(is, { country })).toBe(is);
});

test('numbers that share their last eight digits stay apart', () => {
  const neighbours = ['0290115974', '0390115974', '0790115974', '0890115974', '+6490115974', '+442090115974'];
  expect(new Set(neighbours.map((text) => toE164(text, { country: 'AU' }))).size).toBe(neighbours.length);
});
