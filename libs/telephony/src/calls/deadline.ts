/** Rings too long: nobody waits for this pop any more. Source: docs/telephony.md#budget. */
export const HARD_STOP_MS = 2_500;

export const LATE = Symbol('late');

/** The work's result, or `LATE` when the time is up first. The work itself goes on or not, as it likes. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), Math.max(0, ms));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // A failure after the time is up belongs to nobody.
    work.catch(() => undefined);
  }
}
