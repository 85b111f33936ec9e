import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, Database, isDatabaseAway, Log } from '@matterline/platform';
import { REPEAT_MS } from './call-answers';

const EVERY_MS = 10 * 60_000;
/** An agent's page that was closed over night still catches up in the morning. */
const POPS_KEPT_MS = 24 * 3600_000;

/** Answers and pops hold client data; they go once nobody can ask for them again. */
@Injectable()
export class ForgetCalls {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  @Interval(EVERY_MS)
  async run(): Promise<void> {
    const nowMs = this.clock.nowMs();
    try {
      await this.database.directory('forget_calls($1, $2)', [
        new Date(nowMs - 2 * REPEAT_MS),
        new Date(nowMs - POPS_KEPT_MS),
      ]);
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('calls.forget.failed', { error });
    }
  }
}
