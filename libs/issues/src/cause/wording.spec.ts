import { wordingOf } from './wording';

/** Pairs of refusals: are they one cause? */
const PAIRS: readonly [name: string, one: string, other: string, isSame: boolean][] = [
  ['the same words', 'The matter is closed.', 'The matter is closed.', true],
  ['case and points', 'The matter is closed.', 'the matter is closed!', true],
  ['another id', 'Contact 0c2f-11aa does not exist', 'Contact 77b1-90ff does not exist', true],
  [
    'another GUID',
    'No staff d4c0a5a2-7d8e-4f2e-9d45-9a1f0f1f2a3b found',
    'No staff 00000000-0000-4000-8000-000000000001 found',
    true,
  ],
  ['another number', 'Postcode 90210 is not valid', 'Postcode 2000 is not valid', true],
  ['another address', 'anna@example.com is not valid', 'bob.b@firm.co.uk is not valid', true],
  ['another quoted value', 'Value "Rivera" is too short', 'Value "O’Brien & Sons" is too short', true],
  ['another value in single quotes', "Unknown role 'Petitioner' given", "Unknown role 'Wife' given", true],
  ['another name inside', 'Contact Anna Rivera is locked', 'Contact Bob Smith is locked', true],
  ['another page', 'See https://a.example/x for help', 'See https://b.example/y?z=1 for help', true],
  ['another time', 'Locked since 2026-03-07T14:00:00Z', 'Locked since 2025-12-31T23:59:59Z', true],
  ['another field', 'clientIds: must not be empty', 'otherSideIds: must not be empty', false],
  ['another field in capitals', 'Invalid. ClientIds: required', 'Invalid. MatterTypeId: required', false],
  ['another reason', 'The matter is closed.', 'The matter is archived.', false],
  ['nothing and something', '', 'The matter is closed.', false],
];

describe('the wording of a refusal', () => {
  it.each(PAIRS)('%s', (_name, one, other, isSame) => {
    expect(wordingOf(one) === wordingOf(other)).toBe(isSame);
  });

  it('holds no name that the record is known to hold, however it is written', () => {
    const names = ['Rivera v. Rivera', 'Anna', 'Rivera', 'Müller & Söhne GmbH'];
    const wording = wordingOf('anna RIVERA (client of Müller & Söhne) must have a postcode', names);
    expect(wording).toBe('* client of * must have a postcode');
  });

  it('is short, whatever was said', () => {
    expect(wordingOf('word '.repeat(10_000)).length).toBeLessThanOrEqual(300);
  });
});
