/** Careful looks into answers whose shape is the question. */
export type Members = Readonly<Record<string, unknown>>;

export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The records of a list, which stand in `value` or are the list itself. */
export function rowsOf(answer: unknown): readonly Members[] {
  return listOf(answer).map(membersOf);
}

export function textsOf(answer: unknown): readonly string[] {
  return listOf(answer).filter((item) => typeof item === 'string');
}

export function idOf(value: unknown): string | undefined {
  return textOf(membersOf(value)['id']);
}

function listOf(answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer as unknown[];
  const { value } = membersOf(answer);
  return Array.isArray(value) ? (value as unknown[]) : [];
}
