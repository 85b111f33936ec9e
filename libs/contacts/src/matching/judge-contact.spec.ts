import type { Party } from '@matterline/contracts';
import type { Contact } from '@matterline/smokeball-client';
import { decideMatch } from './decide-match';
import { judgeContact, type Verdict } from './judge-contact';

const ANNA: Party = {
  id: 'cli_1',
  first_name: 'Anna',
  last_name: 'Rivera',
  email: 'Anna@Example.com',
  mobile: '(617) 399-8147',
  phone: '617 555 0100',
};
const OFFICE: Party = {
  id: 'cli_2',
  company_name: 'Rivera Consulting LLC',
  email: 'office@example.com',
  phone: '6175550100',
};

const MOBILE = { cell: { areaCode: '617', number: '3998147' } };
const HOME = { phone: { number: '617-555-0100' } };

const person = (first: string, last: string, more: object = {}) => ({
  person: { firstName: first, lastName: last, ...more },
});
const company = (name: string, more: object = {}) => ({ company: { name, ...more } });
const contact = (body: object, id = 'c1'): Contact => ({ id, isDeleted: false, tags: [], ...body });

const EMAIL = { email: 'anna@EXAMPLE.com' };

const CASES: readonly { name: string; party?: Party; held: object; verdict: Verdict; words?: readonly string[] }[] = [
  {
    name: 'same e-mail, same name',
    held: person('Anna', 'Rivera', EMAIL),
    verdict: 'sure',
    words: ['Same e-mail address', 'Same name'],
  },
  {
    name: 'one of several addresses in a field',
    held: person('Anna', 'Rivera', { email: 'x@y.example; anna@example.com' }),
    verdict: 'sure',
  },
  { name: 'deleted in Smokeball', held: { ...person('Anna', 'Rivera', EMAIL), isDeleted: true }, verdict: 'none' },
  { name: 'same e-mail, nickname', held: person('Annie', 'Rivera', EMAIL), verdict: 'sure' },
  { name: 'same e-mail and number, initial', held: person('A.', 'Rivera', { ...EMAIL, ...MOBILE }), verdict: 'sure' },
  {
    name: 'the spouse with the same e-mail',
    held: person('Bruno', 'Rivera', EMAIL),
    verdict: 'doubtful',
    words: ['Same e-mail address', 'Another first name: “Bruno”, not “Anna”'],
  },
  { name: 'same e-mail, another last name', held: person('Anna', 'Keller', EMAIL), verdict: 'sure' },
  { name: 'same e-mail, somebody else', held: person('Carla', 'Keller', EMAIL), verdict: 'doubtful' },
  { name: 'same e-mail, no name', held: { person: EMAIL }, verdict: 'sure' },
  {
    name: 'same e-mail, but a company',
    held: company('Rivera Consulting', EMAIL),
    verdict: 'doubtful',
    words: [
      'Same e-mail address',
      'In Smokeball this is a company, in CaseHug a person',
      'Another name: “Rivera Consulting”',
    ],
  },
  { name: 'same e-mail on a trust', held: { trust: { name: 'Rivera Family Trust', ...EMAIL } }, verdict: 'doubtful' },
  {
    name: 'same mobile, same name, another e-mail',
    held: person('Anna', 'Rivera', { ...MOBILE, email: 'other@example.com' }),
    verdict: 'sure',
    words: ['Same mobile number', 'Same name', 'Another e-mail address'],
  },
  {
    name: 'same home number, same name',
    held: person('Anna', 'Rivera', HOME),
    verdict: 'sure',
    words: ['Same phone number', 'Same name'],
  },
  {
    name: 'number typed otherwise, area code apart or inside',
    held: person('ANNA', 'Rivera', { cell: { number: '+1 (617) 399 8147' } }),
    verdict: 'sure',
  },
  { name: 'same mobile, nickname', held: person('Annie', 'Rivera', MOBILE), verdict: 'likely' },
  {
    name: 'same mobile, but another first name',
    held: person('Bruno', 'Rivera', MOBILE),
    verdict: 'doubtful',
    words: ['Same mobile number', 'Another first name: “Bruno”, not “Anna”'],
  },
  { name: 'the home number of a family', held: person('Bruno', 'Rivera', HOME), verdict: 'none' },
  { name: 'a number that somebody else has now', held: person('Carla', 'Keller', HOME), verdict: 'none' },
  { name: 'the switchboard of an employer', held: company('Riverbend Motors', HOME), verdict: 'none' },
  { name: 'a person who was put in as a company', held: company('Anna Rivera', HOME), verdict: 'likely' },
  { name: 'a shared fax number, same name', held: person('Anna', 'Rivera', { fax: HOME.phone }), verdict: 'likely' },
  { name: 'a shared fax number, another name', held: person('Bruno', 'Rivera', { fax: HOME.phone }), verdict: 'none' },
  { name: 'same name alone', held: person('Anna', 'Rivera', { email: 'x@example.com' }), verdict: 'none' },
  {
    name: 'made by an earlier try of ours, renamed since',
    held: { ...person('Carla', 'Keller'), externalSystemId: 'cli_1' },
    verdict: 'ours',
  },
  {
    name: 'made for another client',
    held: { ...person('Anna', 'Keller'), externalSystemId: 'cli_9' },
    verdict: 'none',
  },
  {
    name: 'a company by e-mail',
    party: OFFICE,
    held: company('Rivera Consulting', { email: 'OFFICE@example.com' }),
    verdict: 'sure',
  },
  {
    name: 'a company by number, legal form left out',
    party: OFFICE,
    held: company('RIVERA CONSULTING', HOME),
    verdict: 'sure',
  },
  {
    name: 'a company by the name it trades under',
    party: OFFICE,
    held: company('X Holdings', { tradingName: 'Rivera Consulting', ...HOME }),
    verdict: 'sure',
  },
  {
    name: 'another company on the same switchboard',
    party: OFFICE,
    held: company('Riverbend Motors', HOME),
    verdict: 'none',
  },
  {
    name: 'another company with the same address',
    party: OFFICE,
    held: company('Riverbend Motors', { email: 'office@example.com' }),
    verdict: 'doubtful',
  },
  {
    name: 'the person behind a company’s address',
    party: OFFICE,
    held: person('Anna', 'Rivera', { email: 'office@example.com' }),
    verdict: 'doubtful',
  },
];

test.each(CASES)('$name', ({ party = ANNA, held, verdict, words }) => {
  const judged = judgeContact(party, contact(held), 'US');
  expect(judged.verdict).toBe(verdict);
  if (words) expect([...judged.reasonsFor, ...judged.reasonsAgainst]).toEqual(words);
});

const anna = person('Anna', 'Rivera', EMAIL);
const spouse = person('Bruno', 'Rivera', EMAIL);
const nickname = person('Annie', 'Rivera', MOBILE);
const stranger = person('Carla', 'Keller', HOME);

const DECISIONS: readonly { name: string; held: readonly object[]; decision: string }[] = [
  { name: 'nobody', held: [], decision: 'create' },
  { name: 'nobody who could be meant', held: [stranger], decision: 'create' },
  { name: 'exactly one sure hit', held: [anna], decision: 'link c0' },
  { name: 'one sure hit beside somebody plainly else at the same address', held: [spouse, anna], decision: 'link c1' },
  { name: 'one sure hit beside one who may be the same', held: [anna, nickname], decision: 'review c0 c1' },
  { name: 'two sure hits', held: [anna, anna], decision: 'review c0 c1' },
  { name: 'an unsure hit alone', held: [spouse], decision: 'review c0' },
  { name: 'the likeliest first', held: [spouse, nickname, stranger, anna], decision: 'review c3 c1 c0' },
  {
    name: 'our own earlier try goes before a double',
    held: [anna, { ...anna, externalSystemId: 'cli_1' }],
    decision: 'link c1',
  },
  {
    name: 'two of our own',
    held: [
      { ...anna, externalSystemId: 'cli_1' },
      { ...anna, externalSystemId: 'cli_1' },
    ],
    decision: 'review c0 c1',
  },
  { name: 'deleted ones do not count', held: [{ ...anna, isDeleted: true }], decision: 'create' },
];

test.each(DECISIONS)('decided: $name', ({ held, decision }) => {
  const made = decideMatch(held.map((body, at) => judgeContact(ANNA, contact(body, `c${at}`), 'US')));
  const ids =
    made.kind === 'review'
      ? made.candidates.map(({ contactId }) => contactId)
      : made.kind === 'link'
        ? [made.contactId]
        : [];
  expect([made.kind, ...ids].join(' ')).toBe(decision);
});
