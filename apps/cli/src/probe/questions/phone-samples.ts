import { membersOf, type Members, rowsOf, textOf } from '../smokeball/members';

/** A stored number that stands in one place only, so that a search that finds its contact has looked there. */
export interface PhoneSample {
  readonly contactId: string;
  readonly kind: 'person' | 'company';
  readonly field: 'phone' | 'phone2' | 'cell' | 'fax';
  readonly areaCode: string;
  readonly number: string;
  readonly digits: string;
}

const PLACES = [
  ...(['phone', 'phone2', 'cell', 'fax'] as const).map((field) => ['person', field] as const),
  ...(['phone', 'fax'] as const).map((field) => ['company', field] as const),
];
const SHORTEST = 7;

/** The numbers of a page of contacts; those that a contact has in two places are left out. */
export function phoneSamples(answer: unknown): readonly PhoneSample[] {
  return rowsOf(answer).flatMap((contact) => {
    const samples = samplesOf(contact);
    return samples.filter((one) => samples.every((other) => other === one || !other.digits.endsWith(tail(one.digits))));
  });
}

function samplesOf(contact: Members): readonly PhoneSample[] {
  const contactId = textOf(contact['id']);
  if (contactId === undefined || contact['isDeleted'] === true) return [];
  return PLACES.flatMap(([kind, field]) => {
    const phone = membersOf(membersOf(contact[kind])[field]);
    const [number, areaCode = ''] = [textOf(phone['number']), textOf(phone['areaCode'])];
    const digits = `${areaCode}${number ?? ''}`.replace(/\D/g, '');
    return number === undefined || digits.length < SHORTEST
      ? []
      : [{ contactId, kind, field, areaCode, number, digits }];
  });
}

const tail = (digits: string) => digits.slice(-SHORTEST);
