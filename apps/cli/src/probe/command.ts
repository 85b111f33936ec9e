import { createInterface } from 'node:readline/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { signInAsFirm } from './credentials/firm-sign-in';
import { Interrupted, ProbeFailure } from './probe-failure';
import { EXIT, runProbe } from './run-probe';

/** A terminal sends Ctrl-C to the launcher too, which passes it on: two within this time are one. */
const SAME_CTRL_C_MS = 1_000;

/**
 * The command `probe`: results on standard output, progress on standard error. Ctrl-C ends the asking and cleans up; a second one ends that too.
 * @param openApplication opens Matterline with its database; used for `--firm` only
 * @returns the exit code
 * @throws ProbeFailure with one line
 */
export async function probe(
  args: readonly string[],
  openApplication: () => Promise<INestApplicationContext>,
): Promise<number> {
  const [asking, cleaning] = [new AbortController(), new AbortController()];
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  let firstMs: number | null = null;
  const onSignal = () => {
    if (firstMs === null) {
      firstMs = performance.now();
      say('Stopping, and cleaning up. Once more to stop at once.');
      asking.abort();
    } else if (performance.now() - firstMs > SAME_CTRL_C_MS) cleaning.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await runProbe(args, {
      env: process.env,
      signal: asking.signal,
      hardStop: cleaning.signal,
      out: (text) => void process.stdout.write(text),
      say,
      readStdin,
      yesOrNo: (question) => yesOrNo(question, asking.signal),
      signInAsFirm: async (options) => {
        const app = await openApplication();
        try {
          return await signInAsFirm(app, options);
        } catch (error) {
          await app.close();
          throw error;
        }
      },
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return EXIT.interrupted;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function readStdin(): Promise<string> {
  if (process.stdin.isTTY) throw new ProbeFailure('Pipe the token in, for example: probe --token-stdin < token.txt');
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Null when nobody sits at a terminal. */
async function yesOrNo(question: string, signal: AbortSignal): Promise<boolean | null> {
  if (!process.stdin.isTTY || signal.aborted) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // In raw mode Ctrl-C comes as a key.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/n] `, { signal })).trim());
  } catch {
    return null;
  } finally {
    terminal.close();
  }
}
