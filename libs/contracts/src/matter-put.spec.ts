import { matterPutSchema } from './matter-put';

const anna = { id: 'cli_1', first_name: 'Anna', last_name: 'Rivera' };
const faults = (put: unknown) => matterPutSchema.safeParse(put).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('what CaseHug says of a matter', () => {
  it.each<[string, unknown, string[]]>([
    ['two clients', { clients: [anna, { ...anna, id: 'cli_2' }] }, []],
    ['the same person on both sides', { clients: [anna], other_sides: [anna] }, []],
    ['a null character in a title', { title: 'A\u0000B' }, ['title']],
    ['half a character in a title', { title: 'A\ud800B' }, ['title']],
    ['a control character in a name', { clients: [{ ...anna, first_name: 'A\u0001' }] }, ['clients.0.first_name']],
    ['lines and tabs in a description', { description: 'One\n\ttwo' }, []],
    ['letters of every script', { title: 'Зоя 張 é \u{1F600}' }, []],
    ['one client twice', { clients: [anna, { ...anna, id: 'cli_2' }, anna] }, ['clients.2.id']],
    ['one other side three times', { other_sides: [anna, anna, anna] }, ['other_sides.1.id', 'other_sides.2.id']],
    [
      'a fault in a client and one twice',
      { clients: [{ ...anna, email: 'x' }, anna] },
      ['clients.0.email', 'clients.1.id'],
    ],
  ])('%s', (_name, put, wrong) => {
    expect(faults(put)).toEqual(wrong);
  });
});
