import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { OwnPostgres } from '../support/own-postgres';
import { tempFolder } from '../support/temp-folder';
import { waitFor } from '../support/wait-for';
import { HookLoad, hookOf } from './support/hook-load';
import { randomNumbers } from './support/random-numbers';
import { aScene } from './support/scene';

const KILLS = 10;
const LIVES_AT_LEAST_MS = 300;
const LIVES_AT_MOST_MS = 1_000;
const AGAIN_MS = 30_000;

describe('Smokeball’s deliveries while processes are killed', () => {
  const folder = tempFolder('hook-kills');
  const random = randomNumbers(process.env['KILLS_SEED']);
  let postgres: OwnPostgres;
  const scene = aScene({
    env: { EMBEDDED_WORKER: 'off' },
    stores: async () => {
      postgres = await OwnPostgres.create(`${folder.dir}/postgres`);
      return { databaseUrl: await postgres.start(), redisUrl: null, close: () => postgres.stop() };
    },
  });

  afterAll(() => folder.remove());

  const untilTaken = async (load: HookLoad) => {
    const before = load.taken.length;
    await waitFor('deliveries to be taken', () => load.taken.length > before + 50, { limitMs: AGAIN_MS, everyMs: 20 });
  };
  const life = () => pause(LIVES_AT_LEAST_MS + random() * (LIVES_AT_MOST_MS - LIVES_AT_LEAST_MS));
  const underKills = async (kill: () => Promise<void>) => {
    const load = new HookLoad(await hookOf(scene));
    for (let kills = 0; kills < KILLS; kills += 1) {
      await untilTaken(load);
      await life();
      await kill();
    }
    await untilTaken(load);
    await load.stop();
    return load;
  };
  const told = (what: string, load: HookLoad) =>
    console.log(
      `${KILLS} kills of ${what}: ${load.taken.length} answered with 200; else ${JSON.stringify([...load.others])}; seed ${random.seed}`,
    );

  it('every 200 of a server process that dies has its row', async () => {
    const load = await underKills(async () => {
      await scene.kill();
      await scene.start();
    });
    told('the server process', load);
    expect(await load.lost(scene.log)).toEqual([]);
  }, 240_000);

  it('every 200 given before PostgreSQL dies has its row, and deliveries are taken again without a restart', async () => {
    expect(await scene.log.ask(`select current_setting('fsync') as fsync`)).toEqual([{ fsync: 'on' }]);
    const load = await underKills(async () => {
      // At once, without a checkpoint: what stands afterwards stood in the log.
      const [pid] = readFileSync(`${folder.dir}/postgres/cluster/postmaster.pid`, 'utf8').split('\n');
      process.kill(Number(pid), 'SIGQUIT');
      await pause(100);
      await postgres.stop();
      await postgres.start();
    });
    told('PostgreSQL', load);
    await scene.openLog();
    expect(await load.lost(scene.log)).toEqual([]);
    expect(scene.api.isRunning).toBe(true);
  }, 240_000);
});
