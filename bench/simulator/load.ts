import { Pool } from 'undici';

/** One kind of call in a mix: how often (of 100), and what it sends. */
export interface Kind {
  readonly name: string;
  readonly share: number;
  readonly make: (turn: number) => { readonly method: string; readonly path: string; readonly body?: string };
}

export interface Outcome {
  readonly perSecond: number;
  readonly calls: number;
  readonly latenciesMs: ReadonlyMap<string, readonly number[]>;
  /** Answers that were no success, by status. */
  readonly failures: ReadonlyMap<number, number>;
}

const CONNECTIONS = 32;

/** Keeps 32 connections busy for so long with the mix, in a fixed order of kinds, and waits for every answer. */
export async function load(
  origin: string,
  headers: Readonly<Record<string, string>>,
  kinds: readonly Kind[],
  seconds: number,
): Promise<Outcome> {
  const order = shuffled(kinds.flatMap((kind) => Array.from({ length: kind.share }, () => kind)));
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
  const latenciesMs = new Map(kinds.map((kind) => [kind.name, [] as number[]]));
  const failures = new Map<number, number>();
  let turn = 0;
  const startedMs = performance.now();
  const untilMs = startedMs + seconds * 1000;
  const keepBusy = async (): Promise<void> => {
    while (performance.now() < untilMs) {
      const at = turn++;
      const kind = order[at % order.length];
      if (kind === undefined) return;
      const { method, path, body } = kind.make(at);
      const sentMs = performance.now();
      const answer = await pool.request({
        method,
        path,
        headers: body === undefined ? headers : { ...headers, ...JSON_BODY },
        body,
      });
      await answer.body.dump();
      latenciesMs.get(kind.name)?.push(performance.now() - sentMs);
      if (answer.statusCode >= 300) failures.set(answer.statusCode, (failures.get(answer.statusCode) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, keepBusy));
  const elapsedS = (performance.now() - startedMs) / 1000;
  await pool.close();
  return { perSecond: turn / elapsedS, calls: turn, latenciesMs, failures };
}

const JSON_BODY = { 'content-type': 'application/json' };

/** The same order every time. */
function shuffled(kinds: readonly Kind[]): readonly Kind[] {
  return kinds
    .map((kind, index) => ({ kind, at: (index * 37) % kinds.length }))
    .sort((a, b) => a.at - b.at)
    .map(({ kind }) => kind);
}

/** The value that this share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
