export type Operator = ':' | ':!' | ':>' | ':>=' | ':<' | ':<=';

export interface SearchTerm {
  readonly field: string;
  readonly operator: Operator;
  /** Lower case, with its `*`. */
  readonly value: string;
}

const TERM = /^\s*([A-Za-z]+)(:!|:>=|:<=|:>|:<|:)(.*)$/s;

/** `field:value` and its kin; undefined for a bare word or anything else. */
export function parseSearchTerm(text: string): SearchTerm | undefined {
  const match = TERM.exec(text);
  const value = match?.[3]?.trim().toLowerCase();
  if (match?.[1] === undefined || value === undefined || value === '') return undefined;
  return { field: match[1].toLowerCase(), operator: match[2] as Operator, value };
}

export function hasWildcard(term: SearchTerm): boolean {
  return term.value.includes('*');
}

/** Does one stored text (lower case) fit the term, the operator's "not" left aside? */
export function textMatcher(term: SearchTerm): (text: string) => boolean {
  const value = term.value;
  if (term.operator === ':>') return (text) => text > value;
  if (term.operator === ':>=') return (text) => text >= value;
  if (term.operator === ':<') return (text) => text < value;
  if (term.operator === ':<=') return (text) => text <= value;
  return wildcardMatcher(value);
}

function wildcardMatcher(pattern: string): (text: string) => boolean {
  if (!pattern.includes('*')) return (text) => text === pattern;
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts[parts.length - 1] ?? '';
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  const [only] = middle;
  if (first === '' && last === '' && middle.length === 1 && only !== undefined) return (text) => text.includes(only);
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
    let from = first.length;
    for (const part of middle) {
      const at = text.indexOf(part, from);
      if (at < 0 || at + part.length > text.length - last.length) return false;
      from = at + part.length;
    }
    return true;
  };
}
