import type { Contact } from '@matterline/smokeball-client';
import { smokeballPhoneNumbers } from './smokeball-phone-numbers';

const contact = (kinds: Partial<Contact>): Contact => ({ id: 'c1', isDeleted: false, tags: [], ...kinds });

test('a person’s cell comes before the other phones, the fax last', () => {
  const person = {
    phone: { areaCode: '617', number: '399-8147' },
    phone2: { number: '399-8148', extension: '2' },
    cell: { number: '0412 345 678' },
    fax: { number: '3998149' },
  };
  expect(
    smokeballPhoneNumbers(contact({ person })).map(({ matchedOn, areaCode, raw }) => [matchedOn, areaCode, raw]),
  ).toEqual([
    ['cell', '', '0412 345 678'],
    ['phone', '617', '399-8147'],
    ['phone2', '', '399-8148'],
    ['fax', '', '3998149'],
  ]);
});

test('companies and trusts have phones too; empty fields have none', () => {
  const company = { phone: { number: '3998147' }, fax: { number: ' ' }, staff: [], directors: [] };
  expect(smokeballPhoneNumbers(contact({ company })).map(({ matchedOn }) => matchedOn)).toEqual(['company']);
  const trust = { phone: { number: '3998147' }, contacts: [] };
  expect(smokeballPhoneNumbers(contact({ trust })).map(({ matchedOn }) => matchedOn)).toEqual(['trust']);
  expect(smokeballPhoneNumbers(contact({}))).toEqual([]);
});
