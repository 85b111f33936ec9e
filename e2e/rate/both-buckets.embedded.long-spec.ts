import { type Intake, newIntake } from '../kills/support/intake';
import { aScene } from '../kills/support/scene';

const INTAKES = 20;
/** At 5 calls a second, with room for a machine that others use too. */
const THROUGH_MS = 300_000;

describe('many intakes at once, at the rate that Smokeball allows by default', () => {
  const scene = aScene();

  it.each([
    ['a bucket that refills continuously', false],
    ['a fixed window of a second', true],
  ])(
    'under %s nothing is refused, and all of it arrives',
    async (_name, fixed_window) => {
      await scene.watch.switches({ bucket: { fixed_window } });
      const since = await scene.watch.newest();
      const intakes = Array.from({ length: INTAKES }, () => newIntake());
      await scene.send(intakes);
      await scene.untilThrough(intakes, THROUGH_MS);
      const calls = (await scene.watch.calls(since)).filter(({ path }) => path.startsWith('/us/api/'));
      expect(calls.length).toBeGreaterThanOrEqual(INTAKES * 3);
      expect(calls.filter(({ status }) => status === 429)).toEqual([]);
      for (const intake of intakes) await expectSucceeded(intake);
      await expectOnce(intakes);
    },
    THROUGH_MS + 60_000,
  );

  async function expectSucceeded({ matterId }: Intake): Promise<void> {
    const states = (await scene.log.of(matterId)).map(({ kind, state }) => `${kind} ${state}`);
    expect(states.length).toBeGreaterThanOrEqual(3);
    expect(states.filter((state) => !state.endsWith(' succeeded'))).toEqual([]);
  }

  async function expectOnce(intakes: readonly Intake[]): Promise<void> {
    const { matters, contacts } = await scene.installation.simulator.firm();
    const count = (rows: typeof matters, id: string): number =>
      rows.filter(({ externalSystemId }) => externalSystemId === id).length;
    for (const { matterId, clientId } of intakes) {
      expect([matterId, count(matters, matterId), count(contacts, clientId)]).toEqual([matterId, 1, 1]);
    }
  }
});
