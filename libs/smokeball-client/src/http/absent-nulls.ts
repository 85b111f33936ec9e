/**
 * The same JSON without its nulls: Smokeball omits empty members in API answers and spells them out as `null` in webhooks.
 * Null elements of arrays go too. `__proto__` members are dropped.
 */
export function absentNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(absentNulls);
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== null && key !== '__proto__') result[key] = absentNulls(member);
  }
  return result;
}
