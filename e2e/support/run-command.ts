import { spawn } from 'node:child_process';
import type { Parsed } from './http';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it printed, parsed; null when that is not JSON. */
  readonly json: Parsed;
}

/** Runs a Node program to its end. */
export async function runCommand(
  args: readonly string[],
  { cwd, env, input = '' }: { cwd: string; env: Readonly<Record<string, string>>; input?: string },
): Promise<CommandResult> {
  const child = spawn(process.execPath, [...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, stdout, stderr, json: parse(stdout) as unknown };
}

function parse(text: string): Parsed {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
