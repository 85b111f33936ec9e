const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENOENT',
]);
/** Class 08 connection exceptions, 57P0x shutdown and recovery, 53300 too many connections, 25006 read-only. PostgreSQL, appendix A. */
const SERVER_CODES = /^(08...|57P0.|53300|53400|25006)$/;
const MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Cannot use a pool/;

/** True when an error means that PostgreSQL cannot be reached right now, so that the caller should come back later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (CONNECTION_CODES.has(code) || SERVER_CODES.test(code))) return true;
  if (MESSAGES.test(error.message)) return true;
  const inner = (error as { driverError?: unknown }).driverError;
  return inner !== undefined && inner !== error && isDatabaseAway(inner);
}
