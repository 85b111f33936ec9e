import type { CallResult } from '@matterline/smokeball-client';
import { type Clock } from '@matterline/platform';
import { classifyFailure } from '@matterline/smokeball-client';
import type { OperationContext } from './operation-handler';
import { failureOutcome, type Outcome, waiting } from './outcome';

/** A record can be missing from searches for this long after Smokeball took it: the longest lag seen, doubled. */
export const LONGEST_LAG_MS = 10_000;
const LOOKS_BEFORE_CREATING_AGAIN = 2;
const LOOK_AGAIN_MS = 3_000;

export interface CreateSteps<T> {
  /** Prefix of what is remembered, e.g. `contact` for `contact_id` and `contact_sent_at`. */
  readonly name: string;
  /** Finds the record that an earlier try may have made; null when it is not there (yet). */
  readonly look: () => Promise<CallResult<T | null>>;
  readonly create: () => Promise<CallResult<T>>;
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
  const known = context.progress[idKey];
  if (typeof known === 'string') return { id: known };

  const sentAt = context.progress[sentKey];
  if (typeof sentAt === 'number') {
    const looked = await steps.look();
    if (!looked.ok) return failureOutcome(looked.failure, 'GET', context.operation.attempts);
    if (looked.data !== null) {
      const id = steps.idOf(looked.data);
      await context.remember({ [idKey]: id });
      return { id };
    }
    const looks = Number(context.progress[looksKey] ?? 0) + 1;
    await context.remember({ [looksKey]: looks });
    const lagLeftMs = sentAt + LONGEST_LAG_MS - clock.nowMs();
    if (lagLeftMs > 0 || looks < LOOKS_BEFORE_CREATING_AGAIN)
      return waiting(Math.max(1, Math.min(LOOK_AGAIN_MS, Math.max(lagLeftMs, 1_000))));
  }

  await context.remember({ [sentKey]: clock.nowMs(), [looksKey]: null });
  const made = await steps.create();
  if (made.ok) {
    const id = steps.idOf(made.data);
    await context.remember({ [idKey]: id });
    return { id, created: made.data };
  }
  const verdict = classifyFailure(made.failure, { method: 'POST', attempt: Math.max(1, context.operation.attempts) });
  if (!verdict.outcomeUnknown) await context.remember({ [sentKey]: null });
  return failureOutcome(made.failure, 'POST', context.operation.attempts);
}

export function isOutcome<T>(result: CreateResult<T>): result is Outcome {
  return 'kind' in result;
}
