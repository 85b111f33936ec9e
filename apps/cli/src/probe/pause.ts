import { Interrupted } from './probe-failure';

const FIRST_MS = 200;
const LONGEST_MS = 2_000;

/** @throws Interrupted when the signal aborts first. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new Interrupted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(new Interrupted());
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Looks again, ever less often, until there is something or the time is over. */
export async function look<T>(
  find: () => Promise<T | undefined> | T | undefined,
  limits: { readonly waitMs: number; readonly signal: AbortSignal },
): Promise<T | undefined> {
  const endMs = performance.now() + limits.waitMs;
  for (let waitMs = FIRST_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_MS)) {
    const found = await find();
    if (found !== undefined) return found;
    const leftMs = endMs - performance.now();
    if (leftMs <= 0) return undefined;
    await pause(Math.min(waitMs, leftMs), limits.signal);
  }
}
