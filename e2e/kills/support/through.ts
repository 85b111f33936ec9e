import { waitFor } from '../../support/wait-for';
import type { Intake } from './intake';
import type { OperationLog } from './operation-log';

interface Work {
  readonly open: number;
  readonly events: number;
  readonly what: string | null;
}

/** Waits until nothing is left to do for these intakes, nor with any event from Smokeball. */
export async function untilThrough(log: OperationLog, intakes: readonly Intake[], limitMs: number): Promise<void> {
  const matters = intakes.map(({ matterId }) => matterId);
  await waitFor(
    'all of the work to be done',
    async () => {
      const [work] = await log.ask<Work>(
        `select (select count(*)::int from operations where matter_id = any ($1) and state in ('pending', 'running', 'accepted')) as open,
           (select count(*)::int from events_in where state in ('pending', 'running')) as events,
           (select string_agg(format('%s %s %s, due in %s s', kind, state, error_code, round(extract(epoch from next_attempt_at - clock_timestamp()))), '; ' order by position)
              from operations where matter_id = any ($1) and state in ('pending', 'running', 'accepted')) as what`,
        [matters],
      );
      if (work?.open !== 0 || work.events !== 0)
        throw new Error(`${work?.open} operations and ${work?.events} events are open: ${work?.what}`);
      return true;
    },
    { limitMs, everyMs: 250 },
  );
}
