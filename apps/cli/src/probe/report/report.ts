import type { Finding, SwitchPatch } from '../finding';
import type { Made } from '../records/made';

/** Everything that a run found, as `--json` prints it. */
export interface Report {
  readonly region: string;
  readonly environment: string;
  readonly api_url: string;
  readonly started_at: string;
  /** Whether it came to its end, be questions open or not: not after Ctrl-C or a sign-in that died. */
  readonly finished: boolean;
  readonly findings: readonly Finding[];
  /** The throw-away records of `--write`; empty without it. */
  readonly records: readonly Omit<Made, 'madeAtMs'>[];
  /** To be sent to `PATCH /_sim/switches` of the simulator. */
  readonly switches: SwitchPatch;
}

const MARKS = { settled: '✓', not_settled: '?', skipped: '–' } as const;

/** The same for people. The last line is the body for the simulator. */
export function reportText(report: Report): string {
  const { findings, records, switches } = report;
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
  return [
    `Smokeball ${report.region} ${report.environment} (${report.api_url})${report.finished ? '' : ', not asked to the end'}`,
    '',
    ...findings.flatMap((finding) => [
      `${MARKS[finding.state]} ${finding.question}  [${finding.id}]`,
      ...detail(finding),
      '',
    ]),
    `${count('settled')} settled, ${count('not_settled')} not settled, ${count('skipped')} skipped.`,
    '',
    ...recordLines(records),
    'To make the simulator do the same: PATCH /_sim/switches',
    JSON.stringify(switches),
    '',
  ].join('\n');
}

function detail(finding: Finding): readonly string[] {
  switch (finding.state) {
    case 'settled':
      return [`    ${finding.answer}`, `    Seen: ${finding.evidence}`, ...switchLine(finding.switches)];
    case 'not_settled':
      return [`    Not settled: ${finding.reason}`, `    To settle it: ${finding.next}`];
    case 'skipped':
      return [`    Not asked: needs ${finding.needs}.`];
  }
}

function switchLine(switches: SwitchPatch | undefined): readonly string[] {
  return switches === undefined ? [] : [`    Switch: ${JSON.stringify(switches)}`];
}

function recordLines(records: Report['records']): readonly string[] {
  if (records.length === 0) return [];
  const widest = Math.max(...records.map(({ kind }) => kind.length));
  const lines = records.map(({ kind, id, state, how }) => `  ${kind.padEnd(widest)}  ${id}  ${state}: ${how}`);
  return ['Throw-away records:', ...lines, ''];
}
