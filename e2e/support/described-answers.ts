import { AnswerCheck, type AnswerDocument, type SeenAnswer } from '../../config/testing/answer-check';
import { noteFaults } from '../../config/testing/answer-faults';

const LIMIT_MS = 30_000;

/** The running APIs by their origin, each with the document that it serves. */
const checks = new Map<string, AnswerCheck>();

/** From now on every answer of this API that a test gets is held against the OpenAPI document that it serves. */
export async function checkAnswersOf(apiUrl: string): Promise<void> {
  const answer = await fetch(`${apiUrl}/api/openapi.json`, { signal: AbortSignal.timeout(LIMIT_MS) });
  checks.set(new URL(apiUrl).origin, new AnswerCheck((await answer.json()) as AnswerDocument));
}

/** Of an API that is not known, and of other servers, nothing is noted. */
export function noteAnswer(url: string, answer: Omit<SeenAnswer, 'path'>): void {
  const { origin, pathname } = new URL(url);
  noteFaults(checks.get(origin)?.faultsOf({ ...answer, path: pathname }) ?? []);
}
