import { appendFileSync } from 'node:fs';
import { EXPECTED_REFUSALS } from './expected-refusals';
import type { RawAnswer } from './simulator-under-test';

/** Where Prism listens, and the file that is told how each call fared; `scripts/test-prism.mjs` sets both. */
const { SIMULATOR_TEST_PROXY: PROXY, SIMULATOR_TEST_PROXY_LOG: LOG } = process.env;
const REFUSAL = /^https:\/\/stoplight\.io\/prism\/errors#(\w+)$/;
const ACCOUNT = /^\/[0-9a-f]{8}-[0-9a-f-]{27}(?=\/)/i;
/** Prism let the request pass and found the answer wrong. */
const WRONG_ANSWER = 'VIOLATIONS';

export interface ProxiedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the path is below: `http://127.0.0.1:1234/us/api`. */
  readonly target: string;
}

/**
 * Sends a call of the API through the validating proxy, where the run has one, else straight. What the proxy refuses goes straight
 * afterwards; unless `EXPECTED_REFUSALS` says that the test means to send such a thing, the run fails at its end.
 * @throws when the proxy finds the answer wrong.
 */
export async function throughProxy(
  call: ProxiedCall,
  send: (url: string, headers: Record<string, string>) => Promise<RawAnswer>,
): Promise<RawAnswer> {
  const straight = (): Promise<RawAnswer> => send(call.target + call.path, { ...call.headers });
  if (PROXY === undefined) return straight();
  const test = expect.getState().currentTestName ?? '';
  const expected = EXPECTED_REFUSALS.filter(({ tests }) => tests.some((name) => test.includes(name)));
  if (expected.some(({ code }) => code === 'AROUND')) {
    note('around', 'AROUND', call, test, '');
    return straight();
  }
  // The description knows no account ids in addresses (docs/smokeball-api.md#oauth).
  const account = ACCOUNT.exec(call.path)?.[0] ?? '';
  const headers = { ...call.headers, 'x-simulator-target': call.target + account };
  const answer = await send(PROXY + call.path.slice(account.length), headers);
  const code = REFUSAL.exec(String(answer.body['type']))?.[1];
  if (code === undefined) {
    note('through', '', call, test, '');
    return answer;
  }
  const isExpected = code !== WRONG_ANSWER && expected.some((entry) => entry.code === code);
  note(isExpected ? 'expected' : 'finding', code, call, test, answer.text);
  if (code === WRONG_ANSWER) throw new Error(`Prism: ${call.method} ${call.path}: ${answer.text}`);
  return straight();
}

function note(fate: string, code: string, { method, path }: ProxiedCall, test: string, text: string): void {
  if (LOG !== undefined)
    appendFileSync(LOG, `${JSON.stringify({ fate, code, call: `${method} ${path}`, test, text })}\n`);
}
