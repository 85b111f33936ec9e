/** Members of `PATCH /_sim/switches` of the simulator. */
export type SwitchPatch = Readonly<Record<string, unknown>>;

/** What asking one question came to. Nothing in it may name a client or quote a record: counts, shapes, yes and no. */
export type Outcome =
  | { readonly state: 'settled'; readonly answer: string; readonly evidence: string; readonly switches?: SwitchPatch }
  | { readonly state: 'not_settled'; readonly reason: string; readonly next: string }
  | { readonly state: 'skipped'; readonly needs: string };

export type Finding = Outcome & { readonly id: string; readonly question: string };

/** `switches` is left out where the simulator has no position for the answer. */
export function settled(answer: string, evidence: string, switches?: SwitchPatch): Outcome {
  return { state: 'settled', answer, evidence, ...(switches === undefined ? {} : { switches }) };
}

export function notSettled(reason: string, next: string): Outcome {
  return { state: 'not_settled', reason, next };
}

/** All patches in one; members of the same switch (`bucket`) are put together. */
export function allSwitches(findings: readonly Finding[]): SwitchPatch {
  const all: Record<string, unknown> = {};
  for (const finding of findings) {
    if (finding.state !== 'settled') continue;
    for (const [name, value] of Object.entries(finding.switches ?? {})) {
      const before = all[name];
      all[name] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
    }
  }
  return all;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
