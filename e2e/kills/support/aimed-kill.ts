import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../../support/program';
import type { Aim } from './aims';
import type { LoggedOperation, OperationLog } from './operation-log';
import { isOn, type SeenCall, type SmokeballWatch } from './smokeball-watch';

const WAIT_FOR_STEP_MS = 60_000;
/** Long enough to kill or stop the process meanwhile, on a busy machine too. */
const IN_FLIGHT_MS = 1_500;
const READS_IT_MS = 150;

export interface Kill {
  readonly aim: Aim;
  /** What the process was at work on when it died. */
  readonly held: readonly LoggedOperation[];
  /** The newest call that Smokeball had recorded when the process died. */
  readonly seq: number;
  /** The call that was aimed at, once Smokeball was through with it; its `RequestId` names the operation that was hit. */
  hit(): Promise<SeenCall>;
}

/** Prepares the shot before the intake is sent, then waits for the moment and kills with SIGKILL. */
export async function aimAt(
  aim: Aim,
  watch: SmokeballWatch,
): Promise<(program: Program, log: OperationLog) => Promise<Kill>> {
  const since = await watch.newest();
  const fault = await watch.fault(aim.route, faultOf(aim), 1);
  if (aim.deaf) await watch.switches({ drop_p: 1 });
  const hit = () => watch.untilOver('the call that met the fault', since, (seen) => isHit(aim, seen), WAIT_FOR_STEP_MS);
  return async (program, log) => {
    await watch.untilMet(fault, WAIT_FOR_STEP_MS);
    const thaw = aim.moment === 'after, answer read' ? await log.freeze() : null;
    if (aim.moment === 'after, answer unread') {
      // It sleeps while Smokeball answers, and never wakes up.
      program.signal('SIGSTOP');
      await hit();
    }
    if (thaw) {
      await hit();
      await pause(READS_IT_MS);
    }
    program.signal('SIGKILL');
    await program.untilEnded(5_000);
    await thaw?.();
    // What is still to be done is done before the next process asks about it.
    if (aim.moment === 'before, done later') await pause(IN_FLIGHT_MS);
    const held = await log.held();
    if (aim.deaf) await watch.switches({ drop_p: 0 });
    return { aim, held, seq: await watch.newest(), hit };
  };
}

/** Cut off by the death of its caller, or answered as late as the fault wants it. */
function isHit({ route, moment }: Aim, seen: SeenCall): boolean {
  if (!isOn(seen, route)) return false;
  return moment.startsWith('before')
    ? seen.status === null
    : seen.status !== null && seen.duration_ms > IN_FLIGHT_MS / 2;
}

function faultOf({ moment }: Aim): Readonly<Record<string, unknown>> {
  return moment === 'before, never done' ? { delay_ms: IN_FLIGHT_MS, reset: 'before' } : { delay_ms: IN_FLIGHT_MS };
}
