/** Letters that do not fall apart into a plain letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
/** Umlauts are written out or left as the bare letter, both are common; folding both to the bare letter makes them equal. */
const WRITTEN_OUT = /([aou])e/g;

/** The words of a name as they compare: no case, accents, apostrophes or punctuation; `Müller`, `Mueller` and `MULLER` are one. */
export function foldedWords(text: string | null | undefined): string[] {
  const plain = (text ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’'`´ʼ]/g, '')
    .replace(/[ßæøœłđðþı]/g, (letter) => LETTERS[letter] ?? letter);
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => word.replace(WRITTEN_OUT, '$1'));
}

/** One slip of the finger apart: a letter more, less, other, or two swapped. Short names differ by more than a slip. */
export function isOneSlipApart(one: string, other: string): boolean {
  if (one === other || Math.min(one.length, other.length) < SLIP_MIN || Math.abs(one.length - other.length) > 1)
    return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const left = one.slice(start, one.length - end);
  const right = other.slice(start, other.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

const SLIP_MIN = 5;
