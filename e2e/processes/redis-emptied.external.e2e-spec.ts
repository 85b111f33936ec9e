import { setTimeout as pause } from 'node:timers/promises';
import Redis from 'ioredis';
import { type Intake, newIntake, sendIntake } from '../kills/support/intake';
import { EXACTLY_ONCE, tallyOf } from '../kills/support/tally';
import { untilThrough } from '../kills/support/through';
import { Fleet } from './support/fleet';

const THROUGH_MS = 60_000;
const FLUSHES = 8;
const FLUSH_EVERY_MS = 700;

describe('Redis emptied in the middle of the work', () => {
  let fleet: Fleet;
  let redis: Redis;

  beforeAll(async () => {
    fleet = await Fleet.start();
    redis = new Redis(fleet.redisUrl);
  }, 60_000);

  afterAll(async () => {
    redis?.disconnect();
    await fleet?.stop();
  }, 60_000);

  it('loses nothing and makes nothing twice, flushed again and again', async () => {
    const intakes = Array.from({ length: 6 }, newIntake);
    const sent = Promise.all(intakes.map((intake) => sendIntake(fleet.firm, intake, [fleet.installation.apiUrl])));
    for (let flush = 0; flush < FLUSHES; flush += 1) {
      await redis.flushall();
      await pause(FLUSH_EVERY_MS);
    }
    await sent;
    await expectOnce(intakes);
  }, 90_000);

  it('wakes the workers as before afterwards', async () => {
    const intake = newIntake();
    await sendIntake(fleet.firm, intake, [fleet.installation.apiUrl]);
    await expectOnce([intake]);
    expect(await redis.keys('bull:*')).not.toEqual([]);
  }, 60_000);

  async function expectOnce(intakes: readonly Intake[]): Promise<void> {
    await untilThrough(fleet.log, intakes, THROUGH_MS);
    for (const intake of intakes) {
      expect(await tallyOf(fleet.installation, intake)).toEqual(EXACTLY_ONCE);
      expect((await fleet.log.of(intake.matterId)).map(({ state }) => state)).toEqual(Array(3).fill('succeeded'));
    }
  }
});
