/** ISO-8601 without fractions: Smokeball answers 400 to a `LastUpdated` with milliseconds. Cut down, so nothing is missed. */
export function secondsIso(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
