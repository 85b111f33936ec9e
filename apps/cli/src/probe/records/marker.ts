/** What every record of the probe begins with, in every run. */
export const MARKER = 'MATTERLINE PROBE';
const WARNING = '– delete me';
/** Tags cannot be removed, so that all runs share one name for them. */
export const TAG_NAME = `${MARKER} ${WARNING}`;

/** `MATTERLINE PROBE – delete me 2026-10-01 3f9a`: the date and the run. */
export function markerOf(startedAt: Date, runId: string): string {
  return `${TAG_NAME} ${startedAt.toISOString().slice(0, 10)} ${runId}`;
}

/** Was this text made by a run of the probe? Nothing else may be cleaned up. */
export function isMarked(text: unknown): boolean {
  return typeof text === 'string' && text.startsWith(TAG_NAME);
}
