import { noteBytesPassed } from './passing-bytes';

const PIECE = 64 * 1024;
const MB = 1024 * 1024;

/** The most memory that pieces took while a file passed of which only the latest piece is needed. */
function mostWhile(note: (bytes: number) => void): number {
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let at = 0; at < 100 * MB; at += PIECE) {
    Buffer.allocUnsafeSlow(PIECE);
    note(PIECE);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  return most;
}

describe('files of any size', () => {
  it('pass through in little memory', () => {
    expect(mostWhile(noteBytesPassed)).toBeLessThan(8 * MB);
  });

  it('would not, if it were left to chance', () => {
    expect(mostWhile(() => undefined)).toBeGreaterThan(8 * MB);
  });
});
