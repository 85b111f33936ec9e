const SHOWN = 10;

const faults = new Set<string>();
const pending: Promise<unknown>[] = [];

export function noteFaults(found: readonly string[]): void {
  for (const fault of found) faults.add(fault);
}

/** For answers that are still being read; the end of the test waits for them. */
export function noteLater(work: Promise<unknown>): void {
  pending.push(work.catch(() => undefined));
}

/** Not thrown where the answer came in: a test that tries again until something works would go on as if nothing were wrong. */
afterEach(async () => {
  await Promise.all(pending.splice(0));
  const found = [...faults].slice(0, SHOWN);
  faults.clear();
  if (found.length > 0) throw new Error(`Answers that the OpenAPI document does not describe:\n${found.join('\n')}`);
});
