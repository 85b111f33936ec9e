import { setTimeout as pause } from 'node:timers/promises';
import { OwnPostgres } from '../support/own-postgres';
import { tempFolder } from '../support/temp-folder';
import { newIntake } from './support/intake';
import { aScene } from './support/scene';

const RESTARTS = 4;
const INTAKES = 16;
const BETWEEN_MS = 4_000;
const THROUGH_MS = 150_000;
const STRAGGLERS_MS = 3_000;

describe('PostgreSQL restarted in the middle of the work', () => {
  const folder = tempFolder('restarted');
  let postgres: OwnPostgres;
  const scene = aScene({
    stores: async () => {
      postgres = await OwnPostgres.create(`${folder.dir}/postgres`);
      return { databaseUrl: await postgres.start(), redisUrl: null, close: () => postgres.stop() };
    },
  });

  afterAll(() => folder.remove());

  it('loses nothing and makes nothing twice, and the process goes on without a restart of its own', async () => {
    const intakes = Array.from({ length: INTAKES }, newIntake);
    const sent = scene.send(intakes, THROUGH_MS);
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      await pause(BETWEEN_MS);
      await postgres.stop();
      await pause(restart * 700);
      await postgres.start();
    }
    await sent;
    await scene.openLog();
    await scene.untilThrough(intakes, THROUGH_MS);
    await pause(STRAGGLERS_MS);
    await scene.expectOnce(intakes);
    const kinds = ['contact.push', 'matter.push', 'document.push'];
    for (const { matterId } of intakes) expect((await scene.log.of(matterId)).map(({ kind }) => kind)).toEqual(kinds);
    expect(scene.api.isRunning).toBe(true);
  }, 360_000);
});
