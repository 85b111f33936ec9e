import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from './problem.mjs';

const POLL_MS = 150;
const REQUEST_LIMIT_MS = 5_000;
const LIMIT_MS = 60_000;

/**
 * Waits until an address answers 200.
 * @param {string} url on this machine; its certificate, if any, is for another name and not checked
 * @param {{ what: string, logFile: string }} options for the message when it takes too long
 */
export async function waitUntilHealthy(url, { what, logFile }) {
  const until = Date.now() + LIMIT_MS;
  let last = 'it does not answer';
  while (Date.now() < until) {
    const { status, text } = await get(url);
    if (status === 200) return;
    if (status !== 0) last = `it answers ${status} ${text.slice(0, 200)}`;
    await pause(POLL_MS);
  }
  throw new Problem(`The ${what} was not ready within ${LIMIT_MS / 1000} s: ${last}.`, `Its log is ${logFile}.`);
}

function get(url) {
  const client = url.startsWith('https:') ? https : http;
  return new Promise((resolve) => {
    const request = client.get(url, { timeout: REQUEST_LIMIT_MS, rejectUnauthorized: false }, async (response) => {
      let text = '';
      response.setEncoding('utf8');
      for await (const part of response) text += part;
      resolve({ status: response.statusCode, text });
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve({ status: 0, text: '' }));
  });
}
