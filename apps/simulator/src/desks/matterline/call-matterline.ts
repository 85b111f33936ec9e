import type { Answer } from './answer';
import { plainProblem } from './plain-problem';

export const CALL_TIMEOUT_MS = 20_000;

/** One HTTP call to Matterline as the desk wants it made; `url` is absolute. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  readonly timeoutMs?: number;
}

/** Makes the call and never throws for an expected failure: no answer comes back as status 0 with a plain reason. */
export async function callMatterline(call: Call): Promise<Answer> {
  const at = new Date().toISOString();
  const request = `${call.method} ${withoutSecrets(call.url)}`;
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: { ...call.headers },
      body: call.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(call.timeoutMs ?? CALL_TIMEOUT_MS),
    });
    const body = parsed(await response.text());
    const problem = plainProblem(response.status, body);
    return { ok: response.ok, status: response.status, body, problem, request, at };
  } catch (thrown) {
    return { ok: false, status: 0, body: null, problem: noAnswer(call.url, thrown), request, at };
  }
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function noAnswer(url: string, thrown: unknown): string {
  const host = URL.canParse(url) ? new URL(url).origin : url;
  if (thrown instanceof Error && thrown.name === 'TimeoutError') return `Matterline at ${host} did not answer in time.`;
  return `Matterline does not answer at ${host}. Is it running?`;
}

/** A user token travels in the query of a pairing, and the desk shows its requests on a page. */
function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search.replace(/([?&]t=)[^&]+/, '$1…');
}
