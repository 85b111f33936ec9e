/** Query parameters without those that say nothing. */
export function definedParams(
  params: Readonly<Record<string, string | number | null | undefined>>,
): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') kept[key] = value;
  }
  return kept;
}
