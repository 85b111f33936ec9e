import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { PROJECT_DIR } from './launch/project-dir.mjs';

const LIST = path.join('libs', 'contracts', 'src', 'errors.ts');
const DOCUMENT = path.join('docs', 'errors.md');

/** What an HTTP code means and what its caller can do; the list of codes and their statuses is `API_ERRORS`. */
const API_MEANINGS = {
  validation_error: [
    'One or more fields are missing or wrong.',
    'Read `details.fields`, which names all of them at once.',
  ],
  bad_request: [
    'The request could not be read: broken JSON, a malformed address, a PBX event without a needed member.',
    'Correct the request.',
  ],
  page_too_far: ['The list ends at row 10,000.', 'Narrow the filter.'],
  unauthorized: ['No key or session was sent, or it is not valid.', 'Send `X-Api-Key`, or sign in again.'],
  invalid_credentials: [
    'E-mail address or password is wrong, or the account is paused.',
    'Try again, later if paused.',
  ],
  bad_key: ['The PBX tenant key or the user token is wrong or has ended.', 'Send the tenant key; fetch a new token.'],
  bad_signature: [
    'A Smokeball webhook carries no signature or a wrong one.',
    'Nothing; a real delivery comes again. If all fail, disconnect and connect again: that makes a new key.',
  ],
  stale_timestamp: ['A Smokeball webhook is too old or from the future.', 'Check the clock of this machine.'],
  forbidden: ['The key’s scopes or the user’s role do not allow this.', 'Use a key or an account that may.'],
  csrf: ['`X-CSRF-Token` is missing or is not the session’s.', 'Repeat the `csrf` cookie in that header.'],
  domain_mismatch: ['A call event names another domain than the PBX tenant’s.', 'Correct the tenant’s domains.'],
  not_found: ['No such record or address; also the answer for another firm’s records.', 'Check the id.'],
  unknown_tenant: ['No PBX tenant has this id.', 'Check the tenant id in the PBX’s settings.'],
  unknown_extension: ['The PBX’s own list does not hold this extension.', 'Send the list of extensions again.'],
  conflict: ['The record’s state does not allow this.', 'Read the message; nothing was changed.'],
  idempotency_conflict: ['This `Idempotency-Key` was used with another body.', 'Use a new key for a new request.'],
  idempotency_in_progress: ['The first request with this key is still running.', 'Ask again in a moment.'],
  payload_too_large: ['A JSON body over 1 MB, or a file over 100 MB.', 'Send less; split the file.'],
  unsupported_media_type: [
    'The body has a content type that this address does not take.',
    'See the address’s section.',
  ],
  hash_mismatch: ['The bytes that arrived are not those that `sha256` describes.', 'Send the file again.'],
  target_not_allowed: ['A webhook or download address that is not public https.', 'Use a public https address.'],
  download_failed: ['The file could not be fetched from `download_url`.', 'Check the address, or send the bytes.'],
  not_configured: ['No Smokeball credentials are set for the firm.', 'Set them; see the README.'],
  region_mismatch: ['The PBX names another region than the firm’s.', 'Choose the firm’s region in the PBX.'],
  rate_limited: ['Too many requests.', 'Wait as `Retry-After` says.'],
  internal_error: ['A fault of ours; it is in the log under `details.request_id`.', 'Report that id.'],
  unavailable: ['The database, or another part, is away.', 'Come back after `Retry-After` seconds.'],
};

const FATES = {
  retried:
    'It is tried again by itself, with growing pauses, for 26 hours (a day’s outage and time to catch up); after that it is held.',
  held: 'It waits. It goes on by itself where the next step says so, otherwise after a retry.',
  final: 'It has failed and stays so until a person retries it.',
  noticed: 'Nothing has failed: it stands under `notices` of an operation that goes on.',
};

/** What a person should know beyond the hint as long as something is missing. */
const NOTES = {
  link_broken:
    'A matter whose link is broken is left out of every later sync, until it is restored in Smokeball and Smokeball tells us of it.',
};

/**
 * The page of all error codes.
 * @param {Record<string, { message: string, hint: string, fate: 'retried' | 'held' | 'final' | 'noticed' }>} operationErrors
 * @param {Record<string, number>} apiErrors code to HTTP status
 * @returns {Promise<string>} Markdown as Prettier leaves it
 * @throws {Error} naming the codes that have no meaning here, or a meaning but no code
 */
export async function renderErrors(operationErrors, apiErrors) {
  requireSame(Object.keys(apiErrors), Object.keys(API_MEANINGS), 'API_MEANINGS');
  const unknown = Object.keys(NOTES).filter((code) => !(code in operationErrors));
  if (unknown.length > 0) throw new Error(`NOTES name codes that do not exist: ${unknown.join(', ')}`);
  const text = [
    '# Error codes',
    'Made by `node scripts/errors-doc.mjs` from `libs/contracts/src/errors.ts`; a test keeps both alike. Both lists are closed.',
    '## Operations',
    'Why something did not reach Smokeball. The code stands in `error.code` of an operation, a matter’s link or a document, in the sync history, and in `*.sync_failed` events. Smokeball’s own words follow the message in brackets where there are any.',
    ...Object.entries(operationErrors).map(([code, entry]) => operationSection(code, entry)),
    '## HTTP answers',
    'The code stands in `error.code` of an answer. The status belongs to the code.',
    ['| Code | Status | What it means | Next step |', '| --- | --- | --- | --- |']
      .concat(apiRows(apiErrors))
      .join('\n'),
  ].join('\n\n');
  const options = await prettier.resolveConfig(path.join(PROJECT_DIR, DOCUMENT));
  return await prettier.format(text, { ...options, parser: 'markdown' });
}

function operationSection(code, { message, hint, fate }) {
  const lines = [`- **Next step.** ${hint}`, `- **${fate[0].toUpperCase()}${fate.slice(1)}.** ${FATES[fate]}`];
  if (NOTES[code]) lines.push(`- **Not yet.** ${NOTES[code]}`);
  return `### \`${code}\`\n\n${message}\n\n${lines.join('\n')}`;
}

function apiRows(apiErrors) {
  return Object.entries(apiErrors).map(([code, status]) => {
    const [meaning, nextStep] = API_MEANINGS[code];
    return `| \`${code}\` | ${status} | ${meaning} | ${nextStep} |`;
  });
}

function requireSame(codes, described, where) {
  const missing = codes.filter((code) => !described.includes(code));
  const surplus = described.filter((code) => !codes.includes(code));
  if (missing.length === 0 && surplus.length === 0) return;
  throw new Error(
    `${where} lacks: ${missing.join(', ') || 'nothing'}; has too much: ${surplus.join(', ') || 'nothing'}`,
  );
}

/** The two lists, straight from their source: the file imports nothing, so no build is needed. */
function readLists() {
  const { transformSync } = createRequire(import.meta.url)('@swc/core');
  const { code } = transformSync(readFileSync(path.join(PROJECT_DIR, LIST), 'utf8'), {
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const module = { exports: {} };
  new Function('module', 'exports', code)(module, module.exports);
  return module.exports;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { OPERATION_ERRORS, API_ERRORS } = readLists();
  writeFileSync(path.join(PROJECT_DIR, DOCUMENT), await renderErrors(OPERATION_ERRORS, API_ERRORS));
  console.log(`${DOCUMENT} is up to date.`);
}
