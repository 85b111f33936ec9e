import { waitFor } from '../support/wait-for';
import { type Intake, newIntake, pictureOf } from './support/intake';
import { aScene } from './support/scene';

const SLOW_MS = 1_500;
const THROUGH_MS = 60_000;

describe('edits in CaseHug while the first picture is on its way', () => {
  const scene = aScene();

  it('follow a contact whose creation was under way, and find it by its name where the answer was lost', async () => {
    const intake = newIntake();
    const lost = await scene.watch.fault('POST /contacts', { delay_ms: SLOW_MS, reset: 'after' }, 1);
    await put(intake, pictureOf(intake));
    await scene.watch.untilMet(lost, THROUGH_MS);
    const moved = { ...intake, email: `new.${intake.email}` };
    await put(intake, pictureOf(moved));
    await scene.untilThrough([intake], THROUGH_MS);
    const contacts = (await scene.installation.simulator.firm()).contacts.filter(
      ({ externalSystemId }) => externalSystemId === intake.clientId,
    );
    expect(contacts.map(({ person }) => person.email)).toEqual([moved.email]);
    await expectSucceeded(intake);
  }, 120_000);

  it.each(['while the first is being written', 'while the first is being confirmed'])(
    'follow a matter edited twice, the second time %s',
    async (moment) => {
      const intake = newIntake();
      await put(intake, pictureOf(intake));
      await scene.untilThrough([intake], THROUGH_MS);
      const slow = await scene.watch.fault('PATCH /matters/{id}', { delay_ms: SLOW_MS }, 1);
      await put(intake, { ...pictureOf(intake), description: 'The first edit.' });
      await scene.watch.untilMet(slow, THROUGH_MS);
      if (moment.endsWith('confirmed'))
        await waitFor(
          'the edit to be accepted',
          async () => (await scene.log.of(intake.matterId)).at(-1)?.state === 'accepted',
          {
            everyMs: 10,
          },
        );
      await put(intake, { ...pictureOf(intake), description: 'The second edit.' });
      await scene.untilThrough([intake], THROUGH_MS);
      const [matter] = (await scene.installation.simulator.firm()).matters.filter(
        ({ externalSystemId }) => externalSystemId === intake.matterId,
      );
      expect(matter.description).toContain('The second edit.');
      await expectSucceeded(intake);
    },
    180_000,
  );

  async function put({ matterId }: Intake, picture: object): Promise<void> {
    const answer = await scene.firm.api('PUT', `/api/v1/matters/${matterId}?sync=true`, { json: picture });
    expect(answer.status).toBe(202);
  }

  async function expectSucceeded({ matterId }: Intake): Promise<void> {
    const states = new Set((await scene.log.of(matterId)).map(({ state }) => state));
    expect([...states]).toEqual(['succeeded']);
  }
});
