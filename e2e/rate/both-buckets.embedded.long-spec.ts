import type { Firm } from '../support/firm';
import type { Program } from '../support/program';
import { Installation } from '../kills/support/installation';
import { type Intake, newIntake, sendIntake } from '../kills/support/intake';
import { OperationLog } from '../kills/support/operation-log';
import { SmokeballWatch } from '../kills/support/smokeball-watch';
import { embeddedStores } from '../kills/support/stores';
import { untilThrough } from '../kills/support/through';

const INTAKES = 20;
/** At 5 calls a second, with room for a machine that others use too. */
const THROUGH_MS = 300_000;

describe('many intakes at once, at the rate that Smokeball allows by default', () => {
  let installation: Installation;
  let watch: SmokeballWatch;
  let log: OperationLog;
  let firm: Firm;
  let api: Program;

  beforeAll(async () => {
    installation = await Installation.open(await embeddedStores());
    watch = new SmokeballWatch(installation.simulator.url);
    log = await OperationLog.open(installation.databaseUrl);
    api = await installation.api({ EMBEDDED_WORKER: 'on' });
    firm = await installation.firm();
  }, 180_000);

  afterAll(async () => {
    await api?.stop();
    await log?.close();
    await installation?.stop();
  }, 60_000);

  it.each([
    ['a bucket that refills continuously', false],
    ['a fixed window of a second', true],
  ])(
    'under %s nothing is refused, and all of it arrives',
    async (_name, fixed_window) => {
      await watch.switches({ bucket: { fixed_window } });
      const since = await watch.newest();
      const intakes = Array.from({ length: INTAKES }, () => newIntake());
      await Promise.all(intakes.map((intake) => sendIntake(firm, intake, [installation.apiUrl])));
      await untilThrough(log, intakes, THROUGH_MS);
      const calls = (await watch.calls(since)).filter(({ path }) => path.startsWith('/us/api/'));
      expect(calls.length).toBeGreaterThanOrEqual(INTAKES * 3);
      expect(calls.filter(({ status }) => status === 429)).toEqual([]);
      for (const intake of intakes) await expectSucceeded(intake);
      await expectOnce(intakes);
    },
    THROUGH_MS + 60_000,
  );

  async function expectSucceeded({ matterId }: Intake): Promise<void> {
    const states = (await log.of(matterId)).map(({ kind, state }) => `${kind} ${state}`);
    expect(states.length).toBeGreaterThanOrEqual(3);
    expect(states.filter((state) => !state.endsWith(' succeeded'))).toEqual([]);
  }

  async function expectOnce(intakes: readonly Intake[]): Promise<void> {
    const { matters, contacts } = await installation.simulator.firm();
    const count = (rows: typeof matters, id: string): number =>
      rows.filter(({ externalSystemId }) => externalSystemId === id).length;
    for (const { matterId, clientId } of intakes) {
      expect([matterId, count(matters, matterId), count(contacts, clientId)]).toEqual([matterId, 1, 1]);
    }
  }
});
