import type { Kill } from './aimed-kill';
import type { LoggedOperation, OperationLog } from './operation-log';
import { routeOf, type SeenCall, type SmokeballWatch } from './smokeball-watch';

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
  const struck = kill.held.find(({ id }) => id === hit.request_id) ?? kill.held.find((one) => isPutOf(one, hit));
  const operation = (struck && (await log.find(struck.id))) ?? null;
  const later = (await watch.calls(kill.seq)).filter((one) => struck && isOf(struck, one));
  return {
    step: kill.aim.step,
    inFlight: `${kill.aim.route.replace('/matters/{matterId}/documents/files', '…/files')}: ${kill.aim.moment}`,
    held: counted(kill.held.map(({ kind, state }) => `${kind} ${state}`)),
    operation,
    recovery: `${counted(later.map(routeOf))}; ${operation?.state ?? 'unknown'} at attempt ${operation?.attempts ?? '?'}`,
  };
}

const isOf = (operation: LoggedOperation, seen: SeenCall): boolean =>
  seen.request_id === operation.id || isPutOf(operation, seen);

/** File storage gets no `RequestId`; the simulator's keys name the file. */
function isPutOf({ progress }: LoggedOperation, { method, path }: SeenCall): boolean {
  const key = Buffer.from(path.split('/').at(-1) ?? '', 'base64url').toString('utf8');
  const fileId = progress['file_id'];
  return method === 'PUT' && typeof fileId === 'string' && key.includes(fileId);
}

export function killTable(rows: readonly KillRow[]): string {
  const lines = rows.map(
    ({ step, inFlight, held, recovery }, at) =>
      `${String(at + 1).padStart(2)} | ${step.padEnd(12)} | ${inFlight.padEnd(44)} | ${held.padEnd(30)} | ${recovery}`,
  );
  return [
    `   | step         | in flight when killed${' '.repeat(23)} | held${' '.repeat(26)} | after the restart`,
    ...lines,
  ].join('\n');
}

/** `GET /contacts ×2, POST /contacts` */
function counted(routes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const route of routes) {
    const short = route.replace('/matters/{matterId}/documents/files', '…/files');
    counts.set(short, (counts.get(short) ?? 0) + 1);
  }
  const parts = [...counts].map(([route, count]) => (count === 1 ? route : `${route} ×${count}`));
  return parts.join(', ') || 'nothing';
}
