interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

const BY_CODE: Readonly<Record<string, string>> = {
  unauthorized: 'Matterline does not accept the API key. Check the key in the settings.',
  bad_key: 'Matterline does not accept the tenant key. Check the key in the settings.',
  unknown_tenant: 'Matterline does not know this PBX tenant. Check the tenant id in the settings.',
  domain_mismatch: 'The PBX domain is not the one registered for this tenant.',
  unknown_extension: 'This extension is not in the list that was sent to Matterline.',
  hash_mismatch: 'The bytes that arrived do not fit the checksum that was sent with them.',
  idempotency_in_progress: 'The same request is still being worked on. Try again in a moment.',
};

/**
 * One sentence that says what went wrong, for the person at the desk. The server's own message is kept,
 * because it is written for people too; the codes above only add what to do about it.
 */
export function plainProblem(status: number, body: unknown): string {
  if (status >= 200 && status < 300) return '';
  const error = errorOf(body);
  if (error === undefined) return `Matterline answered with status ${status} and no explanation.`;
  const known = BY_CODE[error.code];
  if (known !== undefined) return known;
  if (error.fields.length > 0) return `${error.message} (${error.fields.join('; ')})`;
  if (status === 503) return `Matterline cannot work right now: ${error.message}`;
  if (status === 429) return `Too many requests at once: ${error.message}`;
  return error.message === '' ? `Matterline refused this (${error.code}).` : error.message;
}

function errorOf(body: unknown): ErrorBody | undefined {
  const error = member(body, 'error');
  const code = member(error, 'code');
  if (typeof code !== 'string') return undefined;
  const message = member(error, 'message');
  const fields = member(member(error, 'details'), 'fields');
  return {
    code,
    message: typeof message === 'string' ? message : '',
    fields: Array.isArray(fields) ? fields.map((field) => fieldText(field)).filter((text) => text !== '') : [],
  };
}

function fieldText(field: unknown): string {
  const name = member(field, 'field');
  const message = member(field, 'message');
  if (typeof message !== 'string') return '';
  return typeof name === 'string' && !message.startsWith(name) ? `${name}: ${message}` : message;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
