import { randomInt } from 'node:crypto';

/** Numbers from 0 to 1, the same again for the same seed (Mulberry32). */
export interface RandomNumbers {
  (): number;
  readonly seed: number;
}

export function randomNumbers(seedText?: string): RandomNumbers {
  const seed = seedText === undefined ? randomInt(2 ** 31) : Number(seedText);
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Object.assign(next, { seed });
}
