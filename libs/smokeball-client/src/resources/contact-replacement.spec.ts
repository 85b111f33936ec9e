import { contactSchema } from '../wire/contact';
import { contactReplacementSchema } from '../wire/contact-write';
import { replacementOf } from './contact-replacement';

function replaced(contact: object): unknown {
  const replacement = replacementOf(contactSchema.parse({ id: 'c', ...contact }));
  expect(contactReplacementSchema.safeParse(replacement)).toMatchObject({ success: true });
  return replacement;
}

describe('replacementOf', () => {
  it('keeps what may be written and what nobody here knows, and drops what may only be read', () => {
    expect(
      replaced({
        href: '/contacts/c',
        versionId: 'v',
        lastUpdated: 637558795239278689n,
        externalSystemId: 'x',
        isDeleted: false,
        tags: [{ name: 'Buyer', type: 'Role' }],
        person: {
          firstName: 'Ada',
          phone: { areaCode: '617', number: '3998147', kind: 'new member' },
          residentialAddress: { city: 'London', poBox: { poBoxNumber: '7' }, verified: true },
          birthDate: '1815-12-10T00:00:00Z',
          occupation: 'Countess',
          favouriteEngine: { name: 'Analytical' },
          passportDetails: { passportNumber: 'P1' },
          executionOptions: { poaType: 'General', poaVoiDetails: { isCompleted: true } },
          voiDetails: { isCompleted: true },
        },
      }),
    ).toEqual({
      externalSystemId: 'x',
      isDeleted: false,
      person: {
        firstName: 'Ada',
        phone: { areaCode: '617', number: '3998147', kind: 'new member' },
        residentialAddress: { city: 'London', poBox: { poBoxNumber: '7' }, verified: true },
        favouriteEngine: { name: 'Analytical' },
        birthDate: '1815-12-10T00:00:00Z',
        occupation: 'Countess',
        passportDetails: { passportNumber: 'P1' },
        executionOptions: { poaType: 'General' },
      },
    });
  });

  it('turns links into ids, and a word into its number', () => {
    expect(
      replaced({
        isDeleted: false,
        company: {
          name: 'Byron Ltd',
          staff: [{ id: 's1' }, { href: '/x' }],
          directors: [{ id: 'd1' }],
          companyManagedBy: 'Managers',
          businessAddress: { city: 'Sydney', dxAddress: { number: '1' } },
        },
      }),
    ).toEqual({
      isDeleted: false,
      company: {
        name: 'Byron Ltd',
        staffIds: ['s1'],
        directorIds: ['d1'],
        companyManagedBy: 1,
        businessAddress: { city: 'Sydney', dxAddress: { number: '1' } },
      },
    });
    expect(replaced({ groupOfPeople: { name: 'A & B', people: [{ id: 'p1' }, { id: 'p2' }] } })).toEqual({
      isDeleted: false,
      groupOfPeople: { peopleIds: ['p1', 'p2'] },
    });
  });

  it('keeps trustees', () => {
    const trust = { name: 'T', trustees: [{ name: 'Ada', type: 'Person' }], contacts: [{ id: 'c1' }] };
    expect(replaced({ trust })).toEqual({ isDeleted: false, trust: { name: 'T', trustees: trust.trustees } });
  });

  it('does not bring a deleted contact back', () => {
    expect(replaced({ isDeleted: true, person: {} })).toEqual({ isDeleted: true, person: {} });
  });
});
