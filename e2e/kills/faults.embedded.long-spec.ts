import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../support/wait-for';
import { FAULT_CASES, restOf } from './support/fault-cases';
import { type Intake, newIntake } from './support/intake';
import { aScene } from './support/scene';
import { EXACTLY_ONCE, type Tally, tallyOf } from './support/tally';

const THROUGH_MS = 110_000;
const STRAGGLERS_MS = 2_000;
const USUAL = { index_lag_ms: { min: 0, max: 2_000 }, upload_url_ttl_s: 3_600 };

describe("Smokeball's bad days", () => {
  const scene = aScene();
  const lines: string[] = [];

  afterEach(async () => {
    await scene.watch.mend();
    await scene.watch.switches(USUAL);
  });

  afterAll(() => console.log(lines.join('\n')));

  it.each(FAULT_CASES)(
    '$name',
    async (faultCase) => {
      const { name, route, fault, count, also = [], switches } = faultCase;
      const expected = restOf(faultCase);
      const startedMs = Date.now();
      if (switches) await scene.watch.switches(switches);
      await scene.watch.fault(route, fault, count);
      for (const more of also) await scene.watch.fault(...more);
      const intake = newIntake();
      await scene.send([intake]);
      await scene.untilThrough([intake], THROUGH_MS);
      await pause(STRAGGLERS_MS);
      const tally = await tallyOf(scene.installation, intake);
      lines.push(`${shown(tally)} | ${((Date.now() - startedMs) / 1000).toFixed(0).padStart(3)} s | ${name}`);
      expect(tally).toEqual(expected.tally);
      expect(await endOf(intake)).toEqual(expected.operations);
      if (faultCase.rest) await retried(intake);
    },
    240_000,
  );

  it('POST /contacts: accepted, then gone without a word', async () => {
    await scene.watch.switches({ drop_p: 1 });
    await scene.watch.fault('POST /contacts', { async_error: 'Nobody will hear of this.' }, 1);
    const intake = newIntake();
    await scene.send([intake]);
    await waitFor(
      'the contact to be accepted',
      async () => (await scene.log.of(intake.matterId))[0]?.state === 'accepted',
    );
    // The minutes for which it is waited are not waited for here.
    await scene.log.ask(
      `update operations set accepted_at = accepted_at - interval '10 minutes' where state = 'accepted'`,
    );
    await scene.untilThrough([intake], THROUGH_MS);
    await scene.watch.switches({ drop_p: 0 });
    expect(await endOf(intake)).toEqual([
      ['failed', 'not_confirmed'],
      ['held', 'contact_failed'],
      ['held', 'matter_not_linked'],
    ]);
    await retried(intake);
  }, 120_000);

  /** A person retries what failed, and nothing else; what waited for it goes on by itself. */
  async function retried(intake: Intake): Promise<void> {
    const failed = (await scene.log.of(intake.matterId)).filter(({ state }) => state === 'failed');
    for (const { id } of failed) {
      const answer = await scene.firm.api('POST', `/api/v1/integrations/smokeball/sync/${id}/retry`, { json: {} });
      expect(answer.status).toBe(202);
    }
    await scene.untilThrough([intake], THROUGH_MS);
    const tally = await tallyOf(scene.installation, intake);
    lines.push(`${shown(tally)} |       | … retried`);
    expect(tally).toEqual(EXACTLY_ONCE);
  }

  async function endOf({ matterId }: Intake): Promise<[string, string | null][]> {
    return (await scene.log.of(matterId)).map(({ state, error_code }) => [state, error_code]);
  }
});

function shown({ contacts, matters, files, versions }: Tally): string {
  return `contacts ${contacts}, matters ${matters}, files ${files}, versions ${versions}`;
}
