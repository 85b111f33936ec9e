import { DocumentChange } from '@matterline/contracts';

/** By Smokeball's word for a change of a file, in lower case and without spaces. */
const WORDS: Readonly<Record<string, string>> = {
  create: 'First version',
  versionreplace: 'New version',
  versionrevert: 'An earlier version was brought back',
  move: 'Moved to another folder',
  copy: 'Copied',
  delete: 'Deleted in Smokeball',
};

/** What a person reads; a word that is new to us is shown as Smokeball wrote it. */
export function changeWords({ change, new_name: name }: DocumentChange): string {
  const key = change.toLowerCase().replace(/\s/g, '');
  if (key === 'rename') return name ? `Renamed to ${name}` : 'Renamed';
  return WORDS[key] ?? change;
}
