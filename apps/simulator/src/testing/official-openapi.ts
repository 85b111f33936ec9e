import { appendFileSync, existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { AuthorityReport, Finding } from '../authority/verdict';

/** Where the official OpenAPI file is looked for; it is not ours to ship. */
export const OPENAPI_PATH = resolve(
  process.cwd(),
  process.env['SMOKEBALL_OPENAPI'] ?? '../shared/smokeball/swagger.json',
);

/** The official file, for a simulator under test to check every call against; undefined where it is missing. */
export const OPENAPI_AT_HAND = existsSync(OPENAPI_PATH) ? OPENAPI_PATH : undefined;

interface Report extends AuthorityReport {
  readonly findings: readonly Finding[];
  readonly operations: Readonly<Record<string, number>>;
}

/**
 * Asks a simulator that is about to stop what it found wrong with its own answers. Requests may be wrong: tests send such on purpose.
 * @throws naming each kind of answer that the official description does not know.
 */
export async function requireDocumentedAnswers(base: string): Promise<void> {
  const response = await fetch(`${base}/_sim/validation`);
  const report = (await response.json()) as Report;
  noteOperations(report);
  if (OPENAPI_AT_HAND === undefined) return;
  if (report.not_checked > 0 && !report.validating) throw new Error(`Nothing was checked: ${report.why_not ?? ''}`);
  const wrong = report.findings.filter(({ where }) => where === 'answer');
  if (wrong.length === 0) return;
  const lines = wrong.map(({ operation, status, text, calls }) => `${operation} → ${status} (${calls}×): ${text}`);
  throw new Error(`Answers that the official description does not know:\n${lines.join('\n')}`);
}

/** For the coverage page: which operations this test file called with success (`scripts/simulator-coverage.mjs` sets the folder). */
function noteOperations({ operations }: Report): void {
  const folder = process.env['SIMULATOR_TEST_OPERATIONS'];
  const { testPath } = expect.getState();
  if (folder === undefined || testPath === undefined) return;
  const lines = Object.keys(operations).map((operation) => `${relative(process.cwd(), testPath)}\t${operation}\n`);
  appendFileSync(join(folder, `${basename(testPath)}-${process.pid}.tsv`), lines.join(''));
}
