import { setTimeout as pause } from 'node:timers/promises';
import type { Firm } from '../support/firm';
import { OwnPostgres } from '../support/own-postgres';
import type { Program } from '../support/program';
import { tempFolder } from '../support/temp-folder';
import { Installation } from './support/installation';
import { newIntake, sendIntake } from './support/intake';
import { OperationLog } from './support/operation-log';
import { EXACTLY_ONCE, tallyOf } from './support/tally';
import { untilThrough } from './support/through';

const RESTARTS = 4;
const INTAKES = 16;
const BETWEEN_MS = 4_000;
const THROUGH_MS = 150_000;
const STRAGGLERS_MS = 3_000;

describe('PostgreSQL restarted in the middle of the work', () => {
  const folder = tempFolder('restarted');
  let postgres: OwnPostgres;
  let installation: Installation;
  let firm: Firm;
  let api: Program;

  beforeAll(async () => {
    postgres = await OwnPostgres.create(`${folder.dir}/postgres`);
    const databaseUrl = await postgres.start();
    installation = await Installation.open({ databaseUrl, redisUrl: null, close: () => postgres.stop() });
    api = await installation.api({ EMBEDDED_WORKER: 'on' });
    firm = await installation.firm();
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await installation?.stop();
    folder.remove();
  }, 60_000);

  it('loses nothing and makes nothing twice, and the process goes on without a restart of its own', async () => {
    const intakes = Array.from({ length: INTAKES }, newIntake);
    const sent = Promise.all(intakes.map((intake) => sendIntake(firm, intake, [installation.apiUrl], THROUGH_MS)));
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      await pause(BETWEEN_MS);
      await postgres.stop();
      await pause(restart * 700);
      await postgres.start();
    }
    await sent;
    const log = await OperationLog.open(installation.databaseUrl);
    try {
      await untilThrough(log, intakes, THROUGH_MS);
      await pause(STRAGGLERS_MS);
      for (const intake of intakes) {
        expect(await tallyOf(installation, intake)).toEqual(EXACTLY_ONCE);
        expect((await log.of(intake.matterId)).map(({ state }) => state)).toEqual(Array(3).fill('succeeded'));
      }
    } finally {
      await log.close();
    }
    expect(api.isRunning).toBe(true);
  }, 360_000);
});
