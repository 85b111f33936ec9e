import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Firms } from '@matterline/auth';
import { Clock, Database, Dispatcher, type FirmScope, isDatabaseAway, Log } from '@matterline/platform';
import { AlertOutbox } from './alert-outbox';
import { AlertSettingsStore } from './alert-settings';
import { localTime } from './quiet-hours';

const LOOK_MS = 60_000;

/** Once a day, at the firm's hour, the open issues; on a day without any there is nothing to say. */
@Injectable()
export class Digests {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly firms: Firms,
    private readonly outbox: AlertOutbox,
    private readonly settings: AlertSettingsStore,
    private readonly log: Log,
  ) {}

  @Interval(LOOK_MS)
  async tick(): Promise<void> {
    if (!this.dispatcher.isWorking) return;
    try {
      await this.look();
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('digests.failed', { error });
    }
  }

  async look(): Promise<void> {
    const firms = await this.database.directory<{ firm_id: string }>('digest_firms()');
    for (const { firm_id: firmId } of firms) await this.database.forFirm(firmId, (scope) => this.lookAt(scope));
  }

  private async lookAt(scope: FirmScope): Promise<void> {
    const settings = await this.settings.read(scope);
    const { timezone } = await this.firms.read(scope);
    const { day, minute } = localTime(this.clock.now(), timezone);
    if (settings.digest !== 'daily' || minute < settings.digest_hour * 60) return;
    // The mark belongs to one process; the others wait for it and find it set.
    const marked = await scope.change(
      'update alert_settings set digest_day = $2 where firm_id = $1 and (digest_day is null or digest_day < $2)',
      [scope.firmId, day],
    );
    if (marked === 0) return;
    const open = await scope.one(`select 1 from issues where firm_id = $1 and status = 'open' limit 1`, [scope.firmId]);
    if (open) await this.outbox.digest(scope, day);
  }
}
