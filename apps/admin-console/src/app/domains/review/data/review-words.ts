import { ContactCandidate, ContactIndex } from '@matterline/contracts';

export const KIND_WORDS: Readonly<Record<ContactCandidate['kind'], string>> = {
  person: 'Person',
  company: 'Company',
  trust: 'Trust',
  group: 'Group of people',
};

/** How much of Smokeball has been read; null when there is nothing to say. */
export function indexWords(index: ContactIndex | undefined, count: (value: number) => string): string | null {
  if (!index) return null;
  if (index.state === 'not_started')
    return 'Smokeball’s contacts are read for matching by phone once the firm is connected.';
  if (index.state === 'filled')
    return `${count(index.known)} Smokeball contacts with a phone number are known for matching.`;
  const of = index.total === null ? '' : ` of ${count(index.total)}`;
  return `Reading Smokeball’s contacts for matching by phone: ${count(index.read)}${of} so far.`;
}
