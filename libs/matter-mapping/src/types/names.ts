/** Case types and matter types are compared like this: `Divorce (Standard)` equals `divorce — standard`. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export const wordsOf = (name: string): string[] => normaliseName(name).split(' ').filter(Boolean);
