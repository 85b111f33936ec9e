/** How the page says things, so that a list can be read aloud. */
export const TENANTS = {
  us: 'United States',
  au: 'Australia',
  uk: 'United Kingdom',
  'us-staging': 'United States, staging',
  'au-staging': 'Australia, staging',
  'uk-staging': 'United Kingdom, staging',
};

const ROUTES = { '*': 'Everything', 'PUT /s3': 'Upload of bytes (PUT /s3)', 'GET /s3': 'Download of bytes (GET /s3)' };

export const routeWords = (route) => ROUTES[route] ?? route;

/** What a standing fault does, as half a sentence. */
export function faultWords({ status, delay_ms: delayMs, hang, reset, async_error: asyncError }) {
  const what = hang
    ? 'no answer at all'
    : reset === 'before'
      ? 'the line breaks before the work is done'
      : reset === 'after'
        ? 'the work is done, then the line breaks'
        : status !== undefined
          ? `answered ${status}`
          : asyncError !== undefined
            ? `taken, and refused later: “${asyncError}”`
            : '';
  const wait = delayMs ? `${delayMs / 1000} s late` : '';
  return [wait, what].filter(Boolean).join(', then ') || 'nothing';
}

export function timesWords(count) {
  if (count === undefined || count === null) return 'until taken away';
  return count === 1 ? 'once more' : `${count} more times`;
}

/** A length of time in words, from milliseconds. */
export function lengthWords(ms) {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1000],
  ];
  const [name, unit] = units.find(([, one]) => ms >= one) ?? ['second', 1000];
  const number = Math.round((ms / unit) * 10) / 10;
  return `${number.toLocaleString()} ${name}${number === 1 ? '' : 's'}`;
}
