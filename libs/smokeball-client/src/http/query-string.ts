import { wellFormed } from './well-formed';

export type QueryValue = string | number | boolean | bigint | undefined | readonly string[];

/** PascalCase names as in the official description; arrays become a repeated key, absent values vanish. */
export type Query = Readonly<Record<string, QueryValue>>;

/** `?Status=Open&Status=Pending`, or an empty string. Spaces are `%20` and `+` is `%2B`, which e-mail searches depend on. */
export function queryString(query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => pairsOf(name, value));
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function pairsOf(name: string, value: QueryValue): readonly string[] {
  if (value === undefined) return [];
  const values = typeof value === 'object' ? value : [String(value)];
  return values.map((item) => `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(item))}`);
}
