interface JsonStyle {
  /** Write members that are null. */
  readonly keepNulls?: boolean;
  /** Write bigints as a reader that takes them for doubles would. */
  readonly roundTicks?: boolean;
}

/**
 * JSON text with two habits of Smokeball's answers: a bigint is written as a bare number whatever its size, and (unless
 * `keepNulls`) members that are null are left out.
 */
export function jsonText(value: unknown, style: JsonStyle = {}): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return style.roundTicks === true ? BigInt(Number(value)).toString() : value.toString();
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map((item) => jsonText(item, style)).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  let text = '';
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (member === undefined || (member === null && style.keepNulls !== true)) continue;
    text += `${text === '' ? '' : ','}${nameText(name)}${jsonText(member, style)}`;
  }
  return `{${text}}`;
}

const MOST_NAMES = 2000;
const NAME_TEXTS = new Map<string, string>();

/** The same few hundred names come again and again. */
function nameText(name: string): string {
  const known = NAME_TEXTS.get(name);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(name)}:`;
  if (NAME_TEXTS.size < MOST_NAMES) NAME_TEXTS.set(name, text);
  return text;
}
