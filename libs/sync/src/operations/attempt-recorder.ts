import type { AttemptCall, Step } from '@matterline/contracts';
import type { Clock } from '@matterline/platform';
import type { CallObserver, CallRecord } from '@matterline/smokeball-client';

export type RecordedStep = Pick<Step, 'name' | 'at'>;

const CALLS_MAX = 200;

/** Notes which calls an attempt made and which steps it took: templates, codes and times, no content. */
export class AttemptRecorder implements CallObserver {
  readonly calls: AttemptCall[] = [];
  readonly steps: RecordedStep[] = [];

  constructor(private readonly clock: Clock) {}

  onCall(record: CallRecord): void {
    if (this.calls.length >= CALLS_MAX) return;
    this.calls.push({
      method: record.method,
      route: record.route,
      status: record.status,
      request_id: record.requestId,
      started_at: record.startedAt.toISOString(),
      duration_ms: Math.round(record.durationMs),
      note: record.outcome,
    });
  }

  step(name: string): void {
    this.steps.push({ name, at: this.clock.now().toISOString() });
  }
}
