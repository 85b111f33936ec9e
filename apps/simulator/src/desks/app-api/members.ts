/** Reading members out of the API's read models, whose every member may be missing. */
export type Row = Readonly<Record<string, unknown>>;

export function row(value: unknown): Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : {};
}

export function rows(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.map(row) : [];
}

export function text(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'bigint'
      ? String(value)
      : '';
}

/** The id of a link, or of the flat member that older answers carry. */
export function linkId(value: unknown): string {
  return typeof value === 'string' ? value : text(row(value)['id']);
}
