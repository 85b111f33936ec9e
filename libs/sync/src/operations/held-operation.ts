import { type Clock, type Database, type FirmScope, type RateLane } from '@matterline/platform';
import type { SmokeballClient } from '@matterline/smokeball-client';
import type { AttemptRecorder } from './attempt-recorder';
import type { OperationContext } from './operation-handler';
import type { OperationRow, Progress } from './operation-row';

/** A lease this long is renewed every `HEARTBEAT_MS`; a frozen holder loses it after that, a dead one at once (ProcessLink). */
export const LEASE_MS = 20_000;
const HEARTBEAT_MS = 5_000;

/** Another process has taken the operation over; whatever this one still wanted to write must not be written. */
export class LostOperation extends Error {}

/** An operation in the hands of this process. */
export class HeldOperation {
  private progress: Progress;
  private timer: NodeJS.Timeout | null = null;
  private readonly stopped = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly holder: number,
    readonly operation: OperationRow,
  ) {
    this.progress = operation.progress;
  }

  startHeartbeat(): void {
    this.timer = setInterval(() => void this.beat().catch(() => undefined), HEARTBEAT_MS);
    this.timer.unref();
  }

  stopHeartbeat(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  /** @throws LostOperation when it is not ours any more. */
  async tx<T>(work: (scope: FirmScope) => Promise<T>): Promise<T> {
    return await this.database.forFirm(this.operation.firm_id, async (scope) => {
      const ours = await scope.one(
        `select 1 from operations where id = $1 and holder = $2 and lease_until > $3 and state in ('running', 'accepted') for update`,
        [this.operation.id, this.holder, this.clock.now()],
      );
      if (!ours) throw new LostOperation();
      return await work(scope);
    });
  }

  context(smokeball: SmokeballClient, recorder: AttemptRecorder): OperationContext {
    const currentProgress = () => this.progress;
    return {
      firmId: this.operation.firm_id,
      operation: this.operation,
      smokeball,
      call: {
        lane: this.operation.lane as RateLane,
        firmId: this.operation.firm_id,
        requestId: this.operation.id,
        signal: this.stopped.signal,
      },
      get progress() {
        return currentProgress();
      },
      remember: (change) => this.remember(change),
      step: (name) => recorder.step(name),
      tx: (work) => this.tx(work),
    };
  }

  private async remember(change: Progress): Promise<void> {
    const row = await this.tx((scope) =>
      scope.one<{ progress: Progress }>(
        'update operations set progress = progress || $2::jsonb where id = $1 returning progress',
        [this.operation.id, JSON.stringify(change)],
      ),
    );
    this.progress = row?.progress ?? this.progress;
  }

  private async beat(): Promise<void> {
    const kept = await this.database.forFirm(this.operation.firm_id, (scope) =>
      scope.change(
        `update operations set lease_until = $3 where id = $1 and holder = $2 and state in ('running', 'accepted')`,
        [this.operation.id, this.holder, this.clock.in(LEASE_MS)],
      ),
    );
    if (kept === 0) this.stopped.abort();
  }
}
