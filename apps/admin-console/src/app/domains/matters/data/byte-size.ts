const STEP = 1024;

/** "840 B", "12 KB", "3.4 MB". */
export function byteSize(bytes: number | null): string {
  if (bytes === null) return '–';
  if (bytes < STEP) return `${bytes} B`;
  if (bytes < STEP * STEP) return `${Math.round(bytes / STEP)} KB`;
  return `${(bytes / STEP / STEP).toFixed(1)} MB`;
}
