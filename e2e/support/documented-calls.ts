import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_DIR } from './project-dir';

const LIMIT_MS = 10_000;
const PATH = path.resolve(PROJECT_DIR, process.env['SMOKEBALL_OPENAPI'] ?? '../shared/smokeball/swagger.json');

/** The setting with which the simulator checks every call against Smokeball's official description, where that file is at hand. */
export const OFFICIAL_DESCRIPTION: Readonly<Record<string, string>> = existsSync(PATH)
  ? { SMOKEBALL_OPENAPI: PATH }
  : {};

interface Finding {
  readonly where: 'request' | 'answer';
  readonly operation: string;
  readonly status: number | null;
  readonly text: string;
}

interface Report {
  readonly validating: boolean;
  readonly why_not: string | null;
  readonly findings: readonly Finding[];
}

const simulators = new Set<string>();
const told = new Set<string>();

/** From now on what Matterline sends to this simulator, and what it answers, must be as documented. */
export function checkCallsTo(simulatorUrl: string): void {
  simulators.add(simulatorUrl);
}

afterEach(async () => {
  if (OFFICIAL_DESCRIPTION['SMOKEBALL_OPENAPI'] === undefined) return;
  const reports = await Promise.all([...simulators].map(reportOf));
  const lines = reports.flatMap((report) => (report === null ? [] : linesOf(report))).filter((line) => !told.has(line));
  for (const line of lines) told.add(line);
  if (lines.length > 0) throw new Error(`Calls that Smokeball's description does not know:\n${lines.join('\n')}`);
});

/** Null when the simulator is away, as it is in some tests and after the last. */
async function reportOf(url: string): Promise<Report | null> {
  try {
    const response = await fetch(`${url}/_sim/validation`, { signal: AbortSignal.timeout(LIMIT_MS) });
    return (await response.json()) as Report;
  } catch {
    return null;
  }
}

function linesOf({ validating, why_not: why, findings }: Report): string[] {
  if (!validating) return [`Nothing was checked. ${why ?? ''}`];
  return findings.map(({ where, operation, status, text }) => `${where} ${operation} → ${status}: ${text}`);
}
