import { type Party, partySchema } from '@matterline/contracts';
import { toContactWrite } from './contact-mapper';

const ADDRESS = { line1: '1 Main St', line2: 'Suite 2', city: 'Chicago', state: 'IL', zip: '60601' };
const PERSON: Party = {
  id: 'cli_1',
  first_name: 'Anna',
  last_name: 'Rivera',
  email: 'anna@example.com',
  phone: '(312) 555-0148',
  mobile: '+1 312 555 0149',
  address: ADDRESS,
};
const plain = (party: Party, region: 'us' | 'au' | 'uk' = 'us') =>
  JSON.parse(JSON.stringify(toContactWrite(party, region))) as unknown;

describe('a party as a Smokeball contact', () => {
  it('a person of the US: numbers split, address lines free', () => {
    expect(plain(PERSON)).toEqual({
      externalSystemId: 'cli_1',
      isDeleted: false,
      person: {
        firstName: 'Anna',
        lastName: 'Rivera',
        email: 'anna@example.com',
        phone: { areaCode: '312', number: '5550148' },
        cell: { areaCode: '312', number: '5550149' },
        residentialAddress: {
          addressLine1: '1 Main St',
          addressLine2: 'Suite 2',
          city: 'Chicago',
          state: 'IL',
          zipCode: '60601',
        },
      },
    });
  });

  it.each<['au' | 'uk', string, string]>([
    ['au', '02 9374 4000', '0293744000'],
    ['uk', '+44 20 7946 0018', '02079460018'],
  ])('a person of %s: numbers whole, the lines where the street stands', (region, phone, number) => {
    expect(plain({ ...PERSON, phone, mobile: null }, region)).toMatchObject({
      person: { phone: { number }, residentialAddress: { streetName: '1 Main St, Suite 2' } },
    });
  });

  it('a company: its name, its number or else its mobile, its address', () => {
    const company = { ...PERSON, first_name: null, last_name: null, company_name: 'Stone LLC', phone: null };
    expect(plain(company)).toMatchObject({
      company: {
        name: 'Stone LLC',
        phone: { areaCode: '312', number: '5550149' },
        businessAddress: { city: 'Chicago' },
      },
    });
    expect(plain(company)).not.toHaveProperty('person');
  });

  it('with little says little: what CaseHug does not say is not sent', () => {
    expect(plain({ id: 'cli_1', first_name: 'Anna', last_name: 'Rivera' })).toEqual({
      externalSystemId: 'cli_1',
      isDeleted: false,
      person: { firstName: 'Anna', lastName: 'Rivera' },
    });
    expect(
      plain({ id: 'cli_1', first_name: 'Anna', last_name: 'Rivera', email: null, phone: '', address: {} }),
    ).toEqual({
      externalSystemId: 'cli_1',
      isDeleted: false,
      person: { firstName: 'Anna', lastName: 'Rivera', residentialAddress: {} },
    });
  });

  it('what is no number stays as it was typed', () => {
    expect(plain({ ...PERSON, phone: 'ask reception', mobile: null })).toMatchObject({
      person: { phone: { number: 'ask reception' } },
    });
  });

  it.each<[string, object, string[]]>([
    ['a person without names', { id: 'c' }, ['first_name', 'last_name']],
    ['a person without a last name', { id: 'c', first_name: 'A' }, ['last_name']],
    ['a company needs no names', { id: 'c', company_name: 'X' }, []],
    ['a bad address', { id: 'c', company_name: 'X', email: 'nowhere' }, ['email']],
    ['no id', { company_name: 'X' }, ['id']],
  ])('%s: wrong fields %#', (_name, party, wrong) => {
    const parsed = partySchema.safeParse(party);
    expect(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))).toEqual(wrong);
  });
});
