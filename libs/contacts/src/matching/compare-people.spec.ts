import { compareCompanies } from './compare-companies';
import { comparePeople, type NameLikeness, type PersonName } from './compare-people';

const person = (text: string): PersonName => {
  const [first = '', last = '', suffix, middle] = text.split('|');
  return { first, last, suffix, middle };
};

/** first|last|suffix|middle */
const PEOPLE: readonly (readonly [string, string, NameLikeness])[] = [
  ['Anna|Rivera', 'Anna|Rivera', 'same'],
  ['anna |RIVERA', 'Anna|Rivera', 'same'],
  ['Zoë|Müller', 'Zoe|Mueller', 'same'],
  ['Zoë|Müller', 'Zoe|Muller', 'same'],
  ['Søren|Åsgård', 'Soren|Asgard', 'same'],
  ['Łukasz|Wójcik', 'Lukasz|Wojcik', 'same'],
  ["Sean|O'Brien", 'Sean|OBrien', 'same'],
  ['Sean|O’Brien', "Sean|O'Brien", 'same'],
  ['Juan|De La Cruz', 'Juan|Delacruz', 'same'],
  ['Jean-Luc|Petit', 'Jean Luc|Petit', 'same'],
  ['Anna Maria|Rivera', 'Anna|Rivera||Maria', 'same'],
  ['Anna|Rivera', 'Anna|Rivera||Maria', 'same'],
  ['Anna M.|Rivera', 'Anna|Rivera||Maria', 'same'],
  ['Dr. Anna|Rivera', 'Anna|Rivera', 'same'],
  ['Иван|Петров', 'Иван|Петров', 'same'],
  ['Rivera|Anna', 'Anna|Rivera', 'same'],
  ['John|Smith Jr.', 'John|Smith|Jr', 'same'],
  ['A.|Rivera', 'Anna|Rivera', 'similar'],
  ['Bob|Rivera', 'Robert|Rivera', 'similar'],
  ['Alex|Rivera', 'Alexandra|Rivera', 'similar'],
  ['Stephan|Rivera', 'Stephen|Rivera', 'similar'],
  ['Anna|Rivera', 'Anna|Rivera-Lopez', 'similar'],
  ['Anna|Johnson', 'Anna|Jonhson', 'similar'],
  ['Maria|Rivera', 'Anna|Rivera||Maria', 'similar'],
  ['Anna Maria|Rivera', 'Anna|Rivera||Louise', 'similar'],
  ['John|Smith Jr.', 'John|Smith', 'similar'],
  ['Anna|Rivera', '|Rivera', 'similar'],
  ['Bruno|Rivera', 'Anna|Rivera', 'family'],
  ['Adam|Rivera', 'Anna|Rivera', 'family'],
  ['Ann|Lee', 'Amy|Lee', 'family'],
  ['John|Smith Jr.', 'John|Smith|Sr.', 'family'],
  ['John|Smith II', 'John|Smith III', 'family'],
  ['Anna|Rivera', 'Anna|Keller', 'renamed'],
  ['Anna|Rivera', 'Bruno|Keller', 'different'],
  ['Anna|Rivera', 'Rivera|Bruno', 'different'],
  ['Anna|Rivera', '|', 'unknown'],
];

test.each(PEOPLE)('%s and %s are %s', (one, other, likeness) => {
  expect(comparePeople(person(one), person(other)).likeness).toBe(likeness);
  expect(comparePeople(person(other), person(one)).likeness).toBe(likeness);
});

const COMPANIES: readonly (readonly [string, readonly (string | undefined)[], NameLikeness])[] = [
  ['Basalt & Daughters, Inc.', ['Basalt and Daughters'], 'same'],
  ['Basalt', ['BASALT PTY LTD'], 'same'],
  ['B.H.P. Limited', ['BHP'], 'same'],
  ['The Company', ['The Company'], 'same'],
  ['Beacon Hill', [undefined, 'Beacon Hill LLC'], 'same'],
  ['Beacon Hill', ['Beacon Hill Bakery'], 'similar'],
  ['Northgate Insurance', ['Northgate Insurence'], 'similar'],
  ['Beacon Hill', ['Riverbend Motors'], 'different'],
  ['Beacon Hill', [undefined], 'unknown'],
];

test.each(COMPANIES)('%s and %s are %s', (one, others, likeness) => {
  expect(compareCompanies(one, others).likeness).toBe(likeness);
});

test('what differs is said in words', () => {
  const words = (one: string, other: string) => comparePeople(person(one), person(other)).words;
  expect(words('Anna|Rivera', 'Bruno|Rivera')).toBe('Another first name: “Bruno”, not “Anna”');
  expect(words('Anna|Rivera', 'Anna|Keller')).toBe('Another last name: “Keller”, not “Rivera”');
  expect(words('Bob|Rivera', 'Robert|Rivera')).toBe('One first name is a short form of the other');
  expect(words('John|Smith Jr.', 'John|Smith|Sr.')).toBe('One is Jr., the other Sr.');
});
