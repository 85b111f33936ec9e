/**
 * JSON text with two habits of Smokeball's answers: a bigint is written as a bare number whatever its size, and (unless
 * `keepNulls`) members that are null are left out.
 */
export function jsonText(value: unknown, keepNulls = false): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map((item) => jsonText(item, keepNulls)).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  let text = '';
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || (member === null && !keepNulls)) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${jsonText(member, keepNulls)}`;
  }
  return `{${text}}`;
}
