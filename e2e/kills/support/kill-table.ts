import type { Kill } from './aimed-kill';
import type { LoggedOperation, OperationLog } from './operation-log';
import { routeOf, type SmokeballWatch } from './smokeball-watch';

export interface KillRow {
  readonly step: string;
  readonly inFlight: string;
  /** What the process held when it died. */
  readonly held: string;
  readonly operation: LoggedOperation | null;
  readonly recovery: string;
}

/** What became of the operation that a kill hit: the calls that it made afterwards, and how it ended. */
export async function recoveryOf(kill: Kill, watch: SmokeballWatch, log: OperationLog): Promise<KillRow> {
  const hit = await kill.hit();
  const struck = kill.held.find(({ id }) => id === hit.request_id) ?? kill.held.find(isUploadOf(kill)) ?? null;
  const id = struck?.id ?? hit.request_id;
  const operation = id === null ? null : ((await log.find(id)) ?? null);
  const later = (await watch.calls(kill.seq)).filter((one) => one.request_id === id && id !== null);
  return {
    step: kill.aim.step,
    inFlight: `${kill.aim.route.replace('/matters/{matterId}/documents/files', '…/files')}: ${kill.aim.moment}`,
    held: kill.held.map(({ kind, state }) => `${kind} (${state})`).join(', ') || 'nothing any more',
    operation,
    recovery: `${counted(later.map(routeOf))}; ${operation?.state ?? 'unknown'} at attempt ${operation?.attempts ?? '?'}`,
  };
}

const isUploadOf =
  ({ aim }: Kill) =>
  ({ kind }: LoggedOperation): boolean =>
    aim.step === 'upload' && kind === 'document.push';

export function killTable(rows: readonly KillRow[]): string {
  const lines = rows.map(
    ({ step, inFlight, held, recovery }, at) =>
      `${String(at + 1).padStart(2)} | ${step.padEnd(12)} | ${inFlight.padEnd(44)} | ${held.padEnd(26)} | ${recovery}`,
  );
  return [`   | step         | in flight when killed${' '.repeat(23)} | held${' '.repeat(22)} | after the restart`, ...lines].join('\n');
}

/** `GET /contacts ×2, POST /contacts` */
function counted(routes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const route of routes) {
    const short = route.replace('/matters/{matterId}/documents/files', '…/files');
    counts.set(short, (counts.get(short) ?? 0) + 1);
  }
  const parts = [...counts].map(([route, count]) => (count === 1 ? route : `${route} ×${count}`));
  return parts.join(', ') || 'no call';
}
