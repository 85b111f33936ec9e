import { request } from 'undici';
import { parseLosslessJson } from '@matterline/smokeball-client';
import { membersOf } from './members';

/** One read past every gate, for the question about throttling. */
export interface RawCall {
  /** When the answer came, on a monotonic clock. */
  readonly atMs: number;
  readonly status: number;
  /** The names of the members of the answer. */
  readonly members: readonly string[];
  readonly retryAfterS: number | null;
}

const TIMEOUT_MS = 15_000;

/** @throws when there is no answer */
export async function rawRead(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<RawCall> {
  const answer = await request(url, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
  const text = await answer.body.text();
  const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
  return {
    atMs: performance.now(),
    status: answer.statusCode,
    members: namesOf(text),
    retryAfterS: Number.isFinite(seconds) ? seconds : null,
  };
}

function namesOf(text: string): readonly string[] {
  try {
    return Object.keys(membersOf(parseLosslessJson(text))).sort();
  } catch {
    return [];
  }
}
