const TICK_MS = 1_000;
const PLAIN_EVERY_MS = 15_000;

/**
 * Tells a person what is going on and for how long: one line a step, rewritten each second in a terminal, and in a log file a line
 * at the beginning, each quarter of a minute, and at the end.
 */
export class Progress {
  /** @param {NodeJS.WriteStream} out */
  constructor(out = process.stdout) {
    this.out = out;
  }

  /**
   * @template T
   * @param {string} doing such as `Installing packages`
   * @param {() => Promise<T>} work may return `{ note }`, shown behind the step
   * @returns {Promise<T>}
   */
  async step(doing, work) {
    const begun = Date.now();
    const seconds = () => Math.round((Date.now() - begun) / 1000);
    if (!this.out.isTTY) this.out.write(`  ${doing} …\n`);
    const show = () => this.#show(`  ${doing} … ${seconds()} s`);
    const timer = setInterval(show, this.out.isTTY ? TICK_MS : PLAIN_EVERY_MS);
    try {
      const result = await work();
      this.#finish(
        `✓ ${doing}${result?.note ? `: ${result.note}` : ''} (${((Date.now() - begun) / 1000).toFixed(1)} s)`,
      );
      return result;
    } catch (error) {
      this.#finish(`✗ ${doing} (after ${seconds()} s)`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  say(text) {
    this.out.write(`${text}\n`);
  }

  #show(line) {
    this.out.write(this.out.isTTY ? `\r\x1b[2K${line}` : `${line}\n`);
  }

  #finish(line) {
    this.out.write(this.out.isTTY ? `\r\x1b[2K${line}\n` : `${line}\n`);
  }
}
