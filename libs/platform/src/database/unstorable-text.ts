/** Character not in repertoire, untranslatable character (into a column, into jsonb). PostgreSQL, appendix A. */
const CODES = new Set<unknown>(['22021', '22P05']);

/** True when PostgreSQL refused a text that it cannot hold, such as U+0000: the sender is to be told, nothing is broken here. */
export function isUnstorableText(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  return CODES.has(code) || CODES.has(driverError?.code);
}
