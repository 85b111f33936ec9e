import type { CallResult, SmokeballFailure } from '@matterline/smokeball-client';
import type { Clock, Moment } from '@matterline/platform';
import { classifyFailure } from '@matterline/smokeball-client';
import type { OperationContext } from './operation-handler';
import { failureOutcome, type Outcome, waiting } from './outcome';

/** A record can be missing from searches for this long after Smokeball took it: the longest lag seen, doubled. */
export const LONGEST_LAG_MS = 10_000;
/** A request that nobody waits for any more may still be done: AWS API Gateway gives one 29 s (its documented quota). */
const DONE_WITHIN_MS = 29_000;
/** A clock that was set back on another machine makes nobody wait longer than this. */
const LONGEST_WAIT_MS = DONE_WITHIN_MS + LONGEST_LAG_MS;
const LOOKS_BEFORE_CREATING_AGAIN = 2;
const LOOK_AGAIN_MS = 3_000;

export interface CreateSteps<T> {
  /** Prefix of what is remembered, e.g. `contact` for `contact_id` and `contact_sent_at`. */
  readonly name: string;
  /** Finds the record that an earlier try may have made; null when it is not there (yet). */
  readonly look: () => Promise<CallResult<T | null>>;
  /** Has to await `beforeSend` right before the request leaves: what only waits at the rate gate was never sent. */
  readonly create: (beforeSend: () => Promise<void>) => Promise<CallResult<T>>;
  readonly idOf: (created: T) => string;
}

/** The record's id, with the answer of the create call when this run made it. */
export type CreateResult<T> = { readonly id: string; readonly created?: T } | Outcome;

/**
 * Creates at most once. Smokeball takes no idempotency key (docs/smokeball-api.md#async-writes), so the intention is
 * stored before the request leaves and the id as soon as it is known; after an unknown outcome it looks twice, past the
 * longest lag seen, before it creates again.
 */
export async function createOnce<T>(
  context: OperationContext,
  clock: Clock,
  steps: CreateSteps<T>,
): Promise<CreateResult<T>> {
  const idKey = `${steps.name}_id`;
  const sentKey = `${steps.name}_sent_at`;
  const looksKey = `${steps.name}_looks`;
  const againKey = `${steps.name}_again_at`;
  const known = context.progress[idKey];
  if (typeof known === 'string') return { id: known };

  const sentAt = readMoment(context.progress[sentKey]);
  if (sentAt) {
    const looked = await steps.look();
    if (!looked.ok) return failureOutcome(looked.failure, 'GET', context.operation.attempts);
    if (looked.data !== null) {
      const id = steps.idOf(looked.data);
      await context.remember({ [idKey]: id });
      return { id };
    }
    const looks = Number(context.progress[looksKey] ?? 0) + 1;
    // Unknown when the process died meanwhile: then nobody saw the request end.
    const agreed = readMoment(context.progress[againKey]) ?? earliestAgain(clock, sentAt, true);
    const againAt = clock.msUntil(agreed) > LONGEST_WAIT_MS ? clock.moment(LONGEST_WAIT_MS) : agreed;
    await context.remember({ [looksKey]: looks, [againKey]: writeMoment(againAt) });
    const lagLeftMs = clock.msUntil(againAt);
    if (lagLeftMs > 0 || looks < LOOKS_BEFORE_CREATING_AGAIN)
      return waiting(Math.min(LOOK_AGAIN_MS * 2 ** (looks - 1), Math.max(lagLeftMs, 1_000)));
  }

  let sendingAt = clock.moment();
  const made = await steps.create(async () => {
    sendingAt = clock.moment();
    await context.remember({ [sentKey]: writeMoment(sendingAt), [looksKey]: null, [againKey]: null });
  });
  if (made.ok) {
    const id = steps.idOf(made.data);
    await context.remember({ [idKey]: id });
    return { id, created: made.data };
  }
  const verdict = classifyFailure(made.failure, { method: 'POST', attempt: Math.max(1, context.operation.attempts) });
  await context.remember(
    verdict.outcomeUnknown
      ? { [againKey]: writeMoment(earliestAgain(clock, sendingAt, mayStillRun(made.failure))) }
      : { [sentKey]: null },
  );
  return failureOutcome(made.failure, 'POST', context.operation.attempts);
}

/** How long ago the request to create left, the latest one if there were several; null when none did. */
export function sentMsAgo({ progress }: Pick<OperationContext, 'progress'>, clock: Clock, name: string): number | null {
  const sentAt = readMoment(progress[`${name}_sent_at`]);
  return sentAt && -clock.msUntil(sentAt);
}

/** The lag counts from the end of the request, whenever that was, and not from its beginning. */
function earliestAgain(clock: Clock, sentAt: Moment, stillRuns: boolean): Moment {
  const runsForMs = stillRuns ? Math.max(0, clock.msUntil(sentAt) + DONE_WITHIN_MS) : 0;
  return clock.moment(runsForMs + LONGEST_LAG_MS);
}

const writeMoment = ({ wallMs, machine, steadyMs }: Moment) => [wallMs, steadyMs, machine].join(' ');

function readMoment(text: unknown): Moment | null {
  if (typeof text !== 'string') return null;
  const [wallMs, steadyMs, machine = ''] = text.split(' ');
  return { wallMs: Number(wallMs), steadyMs: Number(steadyMs), machine };
}

/** We stopped waiting; a cut connection and a 5xx are the end of a request at the other side too. */
function mayStillRun({ kind }: SmokeballFailure): boolean {
  return kind === 'timeout' || kind === 'cancelled';
}

export function isOutcome<T>(result: CreateResult<T>): result is Outcome {
  return 'kind' in result;
}
