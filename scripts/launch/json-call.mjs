import { Problem } from './problem.mjs';

const LIMIT_MS = 20_000;

/**
 * One JSON request.
 * @param {string} method
 * @param {string} url
 * @param {{ body?: unknown, bearer?: string }} [options]
 * @returns {Promise<any>} the parsed answer, `null` for an empty one
 * @throws {Problem} when it does not answer 2xx
 */
export async function jsonCall(method, url, { body, bearer } = {}) {
  const headers = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (bearer !== undefined) headers.authorization = `Bearer ${bearer}`;
  const response = await send(method, url, { headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok)
    throw new Problem(`${method} ${new URL(url).pathname} answered ${response.status}: ${text.slice(0, 300)}`);
  return text === '' ? null : JSON.parse(text);
}

async function send(method, url, init) {
  try {
    return await fetch(url, { method, ...init, signal: AbortSignal.timeout(LIMIT_MS) });
  } catch (error) {
    throw new Problem(`${method} ${url} did not work: ${error.cause?.message ?? error.message}.`);
  }
}
