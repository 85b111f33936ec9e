import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder cannot be used; the message is for the person who started the simulator. */
export class DataFolderError extends Error {}

/**
 * Makes the folder and takes it for this process, so that two simulators never write into one. The mark of a process
 * that died is taken over: it holds the process id and when that process began, because ids are used again.
 *
 * @returns what gives the folder back.
 * @throws DataFolderError when it cannot be written, or when a living process has it.
 */
export function takeDataFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const mark = `${process.pid} ${beginOf(process.pid)}\n`;
  try {
    mkdirSync(folder, { recursive: true });
    const holder = livingHolder(path);
    if (holder !== undefined) {
      throw new DataFolderError(`Another simulator (process ${holder}) already keeps its data in ${folder}.`);
    }
    writeFileSync(path, mark);
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFolderError(`The data folder ${folder} cannot be written: ${reason}`);
  }
  return () => {
    if (readText(path) === mark) rmSync(path, { force: true });
  };
}

function livingHolder(path: string): number | undefined {
  const match = /^(\d+) (.*)\n$/.exec(readText(path) ?? '');
  const pid = Number(match?.[1] ?? 0);
  if (pid === 0 || pid === process.pid || !isAlive(pid)) return undefined;
  return beginOf(pid) === match?.[2] ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process began, as Linux counts it; empty elsewhere. One that ended and is not yet buried began "never". */
function beginOf(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`);
  // The name in parentheses may itself hold spaces; after it come the state and, 19 words later, the moment.
  const words = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return words[0] === 'Z' ? 'never' : (words[19] ?? '');
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
