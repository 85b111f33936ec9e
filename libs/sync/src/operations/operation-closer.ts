import { Injectable } from '@nestjs/common';
import type { OperationState } from '@matterline/contracts';
import { readConnection } from '@matterline/auth';
import { ChangeNotices, Clock, FieldCipher, type FirmScope, type RateLane, WorkQueue } from '@matterline/platform';
import { backoffMs } from '@matterline/smokeball-client';
import type { AttemptRecorder } from './attempt-recorder';
import { FailureListeners } from './failure-listeners';
import type { HeldOperation } from './held-operation';
import { OperationHandlers } from './operation-handler';
import { detailPlace, failureBefore, type OperationRow } from './operation-row';
import { type Failed, fateOf, failed, type Outcome } from './outcome';

/** A failure that passes by itself is tried for this long before a person is asked: a day's outage, and time to drain. */
const KEEP_TRYING_MS = 26 * 3600 * 1000;
/** An accepted change that has not appeared by then is reported. */
const CONFIRM_WITHIN_MS = 5 * 60_000;
const FIRST_LOOK_MS = 800;
/** With the firm's webhook alive the event usually tells us first, which costs no call. */
const FIRST_LOOK_WITH_HOOK_MS = 5_000;
const LOOK_CAP_MS = 20_000;

interface Next {
  readonly state: OperationState;
  readonly nextAt: Date | null;
  readonly failure: Failed | null;
}

/** Puts an operation down after a run: its new state, its attempt's record, its link, its listeners, in one transaction. */
@Injectable()
export class OperationCloser {
  constructor(
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly handlers: OperationHandlers,
    private readonly listeners: FailureListeners,
    private readonly changes: ChangeNotices,
    private readonly queue: WorkQueue,
  ) {}

  async close(held: HeldOperation, recorder: AttemptRecorder, outcome: Outcome): Promise<OperationState> {
    return await held.tx(async (scope) => {
      const next = await this.next(scope, held.operation, outcome);
      await this.writeAttempt(scope, held.operation, recorder, next, outcome);
      await this.write(scope, held.operation, next, outcome);
      return next.state;
    });
  }

  /** Fails or holds an operation that nobody runs: refused before it began, or by a late word from Smokeball. */
  async fail(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    const state = fateOf(failure.code) === 'held' ? 'held' : 'failed';
    await this.write(scope, operation, { state, nextAt: null, failure }, failure);
    // The attempt that Smokeball had taken is the one that it now refuses.
    await scope.change(
      `update attempts set outcome = 'failed', error_code = $3, error_detail_enc = $4
        where operation_id = $1 and number = $2 and outcome = 'accepted'`,
      [operation.id, operation.attempts, failure.code, this.sealedDetail(scope, operation, failure)],
    );
  }

  /** Smokeball is known to be away, so it was not asked: no attempt is counted, and the time that it may be tried for runs on. */
  async putOff(scope: FirmScope, operation: OperationRow, waitMs: number): Promise<void> {
    const firstTried = operation.first_tried_at ?? this.clock.now();
    const next = this.afterFailure(
      { ...operation, first_tried_at: firstTried },
      { ...failed('smokeball_unavailable'), waitMs },
    );
    await scope.change('update operations set first_tried_at = $2 where id = $1', [operation.id, firstTried]);
    await this.write(scope, operation, next, { kind: 'waiting', waitMs });
  }

  async succeed(scope: FirmScope, operation: OperationRow): Promise<void> {
    await this.write(scope, operation, { state: 'succeeded', nextAt: null, failure: null }, { kind: 'succeeded' });
    await scope.change(`update attempts set outcome = 'succeeded' where operation_id = $1 and number = $2`, [
      operation.id,
      operation.attempts,
    ]);
  }

  private async next(scope: FirmScope, operation: OperationRow, outcome: Outcome): Promise<Next> {
    switch (outcome.kind) {
      case 'succeeded':
        return { state: 'succeeded', nextAt: null, failure: null };
      case 'accepted': {
        const hook = (await readConnection(scope))?.hook_state === 'active';
        return {
          state: 'accepted',
          nextAt: this.clock.in(hook ? FIRST_LOOK_WITH_HOOK_MS : FIRST_LOOK_MS),
          failure: null,
        };
      }
      case 'waiting':
        return operation.state === 'accepted'
          ? this.lookAgain(operation)
          : { state: 'pending', nextAt: this.clock.in(outcome.waitMs), failure: null };
      case 'failed':
        return this.afterFailure(operation, outcome);
    }
  }

  private lookAgain(operation: OperationRow): Next {
    const waitedMs = this.clock.nowMs() - (operation.accepted_at ?? operation.created_at).getTime();
    if (waitedMs > CONFIRM_WITHIN_MS) return { state: 'failed', nextAt: null, failure: failed('not_confirmed') };
    const nextMs = Math.min(LOOK_CAP_MS, Math.max(FIRST_LOOK_MS, Math.round(waitedMs * 0.6)));
    return { state: 'accepted', nextAt: this.clock.in(nextMs), failure: null };
  }

  private afterFailure(operation: OperationRow, failure: Failed): Next {
    const fate = fateOf(failure.code);
    if (fate === 'final') return { state: 'failed', nextAt: null, failure };
    if (fate === 'held') return { state: 'held', nextAt: null, failure };
    const triedMs = this.clock.nowMs() - (operation.first_tried_at ?? operation.created_at).getTime();
    if (triedMs > KEEP_TRYING_MS) return { state: 'held', nextAt: null, failure };
    const waitMs = failure.waitMs ?? backoffMs(operation.tries_since_reset);
    // Bytes that storage has thrown away after taking them have to be sent again, not waited for.
    const isStanding = operation.state === 'accepted' && failure.code !== 'upload_refused';
    return { state: isStanding ? 'accepted' : 'pending', nextAt: this.clock.in(waitMs), failure };
  }

  private async write(scope: FirmScope, operation: OperationRow, next: Next, outcome: Outcome): Promise<void> {
    const now = this.clock.now();
    const isOver = ['succeeded', 'failed', 'held'].includes(next.state);
    const failure = next.failure;
    const detail = this.sealedDetail(scope, operation, failure);
    await scope.change(
      `update operations set state = $2, next_attempt_at = $3, error_code = $4, error_detail_enc = $5, finished_at = $6, updated_at = $7,
         accepted_at = case when $8 then $7 else accepted_at end, holder = null, lease_until = null where id = $1`,
      [
        operation.id,
        next.state,
        next.nextAt,
        failure?.code ?? null,
        detail,
        isOver ? now : null,
        now,
        outcome.kind === 'accepted',
      ],
    );
    if (failure && (next.state === 'failed' || next.state === 'held')) {
      await this.handlers.get(operation.kind).failed?.(scope, operation, failure);
      await this.listeners.tell(scope, operation, failure);
    }
    // What never failed has nothing to recover from.
    if (next.state === 'succeeded' && failureBefore(operation) !== null)
      await this.listeners.tellRecovery(scope, operation, 'succeeded');
    await this.changes.announce(scope, { kind: 'operation', id: operation.id });
    if (isOver) await this.wakeFollowers(scope, operation.subject);
  }

  private async writeAttempt(
    scope: FirmScope,
    operation: OperationRow,
    recorder: AttemptRecorder,
    next: Next,
    outcome: Outcome,
  ): Promise<void> {
    const failure = next.failure;
    const detail = this.sealedDetail(scope, operation, failure);
    await scope.change(
      `update attempts set finished_at = $3, outcome = $4, error_code = $5, error_detail_enc = $6,
         calls = calls || $7::jsonb, steps = steps || $8::jsonb where operation_id = $1 and number = $2`,
      [
        operation.id,
        operation.attempts,
        this.clock.now(),
        next.state === 'failed' || next.state === 'held' ? 'failed' : outcome.kind,
        failure?.code ?? null,
        detail,
        JSON.stringify(recorder.calls),
        JSON.stringify(recorder.steps),
      ],
    );
  }

  private sealedDetail(scope: FirmScope, operation: OperationRow, failure: Failed | null): Buffer | null {
    return failure?.detail ? this.cipher.sealText(detailPlace(scope.firmId, operation.id), failure.detail) : null;
  }

  /** The next operation of the same subject may begin now. */
  private async wakeFollowers(scope: FirmScope, subject: string): Promise<void> {
    const next = await scope.one<{ id: string; lane: RateLane }>(
      `select id, lane from operations where firm_id = $1 and subject = $2 and state in ('pending', 'accepted') order by position limit 1`,
      [scope.firmId, subject],
    );
    if (!next) return;
    scope.afterCommit(() => this.queue.wake({ topic: 'operation', firmId: scope.firmId, ...next }));
  }
}
