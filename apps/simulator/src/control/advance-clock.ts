import type { World } from '../world';
import { ControlError } from './control-error';
import { wholeNumber } from './whole-number';

const YEAR_MS = 365.25 * 86_400_000;
const MOST_MS = 100 * YEAR_MS;
/** Later years would leave no room for what ends long after it begins. */
const END_MS = Date.UTC(2200, 0, 1);

/** `POST /_sim/clock {advance_ms}`: how many jobs ran on the way. */
export async function advanceClock(world: World, advanceMs: unknown): Promise<number> {
  const ms = wholeNumber(advanceMs, 'advance_ms', { least: 0, most: MOST_MS });
  if (world.clock.now() + ms >= END_MS) throw new ControlError(400, 'The clock cannot go beyond the year 2199.');
  return world.moveClock(ms);
}
