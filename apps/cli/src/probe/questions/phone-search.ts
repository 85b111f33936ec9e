import { counted } from '../counted';
import { notSettled, type Outcome } from '../finding';
import { look } from '../pause';
import type { Probe, ProbePlace } from '../probe';
import { markedPerson, maySeeWrites, newContact, type WritingPlace } from '../records/kit';
import { idOf, rowsOf } from '../smokeball/members';
import { phoneOutcome } from './phone-search-fields';
import { type PhoneSample, phoneSamples } from './phone-samples';

/** Does phone search ignore signs, and where does it look? Numbers are those that are kept free for fiction. */
export const phoneSearch: Probe = {
  id: 'phone-search',
  question: 'Does phone search ignore punctuation, and which fields does it look at?',
  needs: [],
  ask: (place) => (maySeeWrites(place) ? askWithRecords(place) : askExisting(place)),
};

async function finds(place: ProbePlace, contactId: string, value: string): Promise<boolean> {
  const query = { Search: `phone:${value}`, Limit: 500 };
  return rowsOf(await place.smokeball.read('/contacts', { query })).some((contact) => idOf(contact) === contactId);
}

async function askWithRecords(place: WritingPlace): Promise<Outcome> {
  const isUs = place.region === 'us';
  const phones = {
    phone: { number: '(617) 555-0142' },
    phone2: { number: '6175550143' },
    cell: { areaCode: '617', number: '5550144' },
    ...(isUs ? { fax: { number: '6175550145' } } : {}),
  };
  const person = await newContact(place, { person: { ...markedPerson(place), ...phones } });
  const name = place.throwAway.marker;
  const company = await newContact(place, { company: { name, phone: { number: '6175550146' }, fax: { number: '6175550147' } } }); // prettier-ignore
  place.say('Waiting until searches find the throw-away contacts …');
  const isListed = await look(async () => (await finds(place, person.id, '(617) 555-0142')) || undefined, place);
  const isIndexed = await look(async () => (await finds(place, company.id, '6175550146')) || undefined, place);
  const ask = (value: string, id = person.id) => finds(place, id, value);
  const cellParts = [await ask('5550144'), await ask('6175550144')];
  return phoneOutcome(
    {
      ignoresSigns: await ask('6175550142'),
      phone: isListed === true,
      phone2: await ask('6175550143'),
      cell: cellParts.includes(true),
      fax: (isUs && (await ask('6175550145'))) || (await ask('6175550147', company.id)),
      companyPhone: isIndexed === true,
      withAreaCode: cellParts[1],
      wildcard: (await ask('*5550143*')) || (await ask('*555-0142*')),
    },
    'two throw-away contacts',
  );
}

async function askExisting(place: ProbePlace): Promise<Outcome> {
  const query = { Limit: 500, ExcludeDeletedContacts: true };
  const samples = phoneSamples(await place.smokeball.read('/contacts', { query }));
  const first = (test: (sample: PhoneSample) => boolean) => samples.find(test);
  const signed = first(({ kind, field, number }) => kind === 'person' && field === 'phone' && /\D/.test(number));
  if (signed === undefined || !(await finds(place, signed.contactId, signed.number))) {
    return notSettled('No contact has a number that would show it.', 'Run again with --write.');
  }
  const found = async (sample: PhoneSample | undefined) =>
    sample && (await finds(place, sample.contactId, sample.number));
  const split = first(({ areaCode, number }) => areaCode !== '' && !/\D/.test(number));
  const outcome = {
    ignoresSigns: await finds(place, signed.contactId, signed.digits),
    phone: true,
    phone2: await found(first(({ field }) => field === 'phone2')),
    cell: await found(first(({ field }) => field === 'cell')),
    fax: await found(first(({ field }) => field === 'fax')),
    companyPhone: await found(first(({ kind, field }) => kind === 'company' && field === 'phone')),
    withAreaCode: split && (await finds(place, split.contactId, `${split.areaCode}${split.number}`)),
    wildcard: await finds(place, signed.contactId, `*${signed.number.slice(-4)}*`),
  };
  return phoneOutcome(outcome, `${counted(samples.length, 'number', 'numbers')} of the firm’s first contacts`);
}
