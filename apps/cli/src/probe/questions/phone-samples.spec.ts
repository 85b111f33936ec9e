import { phoneSamples } from './phone-samples';

const person = (more: object, contact: object = {}) => ({ id: 'c1', person: more, ...contact });
const one = { number: '(617) 555-0101' };

describe('numbers that can show something', () => {
  it.each<[what: string, contacts: unknown[], fields: string[]]>([
    ['a number', [person({ phone: one })], ['phone']],
    ['two numbers', [person({ phone: one, cell: { number: '6175550102' } })], ['phone', 'cell']],
    ['one number in two places', [person({ phone: one, cell: { number: '6175550101' } })], []],
    ['one number with and without its area code', [person({ phone: one, fax: { number: '5550101' } })], []],
    ['split', [person({ phone2: { areaCode: '617', number: '5550101' } })], ['phone2']],
    ['a deleted contact', [person({ phone: one }, { isDeleted: true })], []],
    ['too short to be told apart', [person({ phone: { number: '911' } })], []],
    ['nothing in it', [person({ phone: {} }), person({}), {}, null], []],
    ['a company', [{ id: 'c2', company: { phone: one, fax: { number: '6175550103' } } }], ['phone', 'fax']],
  ])('%s', (_what, value, fields) => {
    expect(phoneSamples({ value }).map(({ field }) => field)).toEqual(fields);
  });
});
