import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SmokeballAccess, TokenEndpointAway } from '@matterline/auth';
import { Clock, Database, Dispatcher, isDatabaseAway, Log, Metrics, ProcessLink } from '@matterline/platform';
import { AttemptRecorder } from './attempt-recorder';
import { HeldOperation, LostOperation } from './held-operation';
import { OperationClaims } from './operation-claims';
import { OperationCloser } from './operation-closer';
import { OperationHandlers } from './operation-handler';
import type { OperationRow } from './operation-row';
import { failed, type Outcome } from './outcome';

/** The platform's pieces that running an operation needs. */
@Injectable()
export class OperationParts {
  constructor(
    readonly database: Database,
    readonly clock: Clock,
    readonly link: ProcessLink,
    readonly log: Log,
    readonly metrics: Metrics,
  ) {}
}

/** Runs one operation at a time to its next resting point: claim, work, put down. */
@Injectable()
export class OperationRunner implements OnModuleInit {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly claims: OperationClaims,
    private readonly closer: OperationCloser,
    private readonly handlers: OperationHandlers,
    private readonly access: SmokeballAccess,
    private readonly parts: OperationParts,
  ) {}

  onModuleInit(): void {
    this.dispatcher.register('operation', (firmId, id) => this.run(firmId, id));
  }

  async run(firmId: string, id: string): Promise<void> {
    const claimed = await this.claims.claim(firmId, id);
    if (!claimed) return;
    const { log, clock } = this.parts;
    const startedMs = clock.nowMs();
    const recorder = new AttemptRecorder(clock);
    const held = new HeldOperation(this.parts.database, clock, claimed.holder ?? 0, claimed);
    held.startHeartbeat();
    try {
      const outcome = await this.work(claimed, held, recorder);
      const state = await this.closer.close(held, recorder, outcome);
      this.parts.metrics.run('operation', claimed.kind, state, outcome.kind === 'failed' ? outcome.code : '');
      log.info('operation.run', {
        firm_id: firmId,
        operation_id: id,
        kind: claimed.kind,
        state,
        attempt: claimed.attempts,
        code: outcome.kind === 'failed' ? outcome.code : undefined,
        duration_ms: clock.nowMs() - startedMs,
      });
    } catch (error) {
      if (!(error instanceof LostOperation)) throw error;
      log.warn('operation.lost', { firm_id: firmId, operation_id: id, kind: claimed.kind });
    } finally {
      held.stopHeartbeat();
    }
  }

  private async work(operation: OperationRow, held: HeldOperation, recorder: AttemptRecorder): Promise<Outcome> {
    const handler = this.handlers.get(operation.kind);
    try {
      const smokeball = await this.access.forConnection(operation.firm_id, recorder);
      if (!smokeball) return failed('not_connected');
      const context = held.context(smokeball, recorder);
      return operation.state === 'accepted' ? await handler.confirm(context) : await handler.execute(context);
    } catch (error) {
      if (error instanceof LostOperation || isDatabaseAway(error)) throw error;
      if (error instanceof TokenEndpointAway) return failed('smokeball_unavailable');
      this.parts.log.error('operation.crashed', {
        firm_id: operation.firm_id,
        operation_id: operation.id,
        kind: operation.kind,
        error,
      });
      return failed('internal');
    }
  }
}
