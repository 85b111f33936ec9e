import type { Finding, Outcome } from './finding';
import type { Probe, ProbePlace } from './probe';
import { Interrupted, QuestionFailure } from './probe-failure';
import { missingFlag } from './questions/needs';

export interface Asking {
  readonly probes: readonly Probe[];
  readonly place: ProbePlace;
  readonly isThrottling: boolean;
  /** Told each finding as soon as it is there. */
  readonly found: (finding: Finding) => void;
}

/** Asks one question after the other. One that fails does not stop the others; Ctrl-C and a dead sign-in do. */
export async function askQuestions({ probes, place, isThrottling, found }: Asking): Promise<void> {
  const missing = (probe: Probe) => missingFlag(probe.needs, place, isThrottling);
  const total = probes.filter((probe) => missing(probe) === null).length;
  let asked = 0;
  for (const probe of probes) {
    const { id, question, ask } = probe;
    const needed = missing(probe);
    if (needed !== null) {
      found({ id, question, state: 'skipped', needs: needed });
      continue;
    }
    if (place.signal.aborted) throw new Interrupted();
    place.say(`[${(asked += 1)}/${total}] ${question}`);
    found({ id, question, ...(await outcomeOf(ask(place))) });
  }
}

async function outcomeOf(asked: Promise<Outcome>): Promise<Outcome> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof QuestionFailure)) throw error;
    return { state: 'not_settled', reason: error.reason, next: error.next };
  }
}
