import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, type Config, CONFIG, Database, Dispatcher, isDatabaseAway, Log } from '@matterline/platform';
import { AlertClaims, type ClaimedAlert } from './alert-claims';
import { AlertLines } from './alert-lines';
import { AlertPost } from './alert-post';
import { alertMessage, type AlertMessage } from './alert-text';

const LOOK_MS = 2_000;
const AT_ONCE = 50;

/** What sending needs besides the outbox. */
@Injectable()
export class AlertParts {
  constructor(
    @Inject(CONFIG) readonly config: Config,
    readonly clock: Clock,
    readonly log: Log,
  ) {}
}

/** Sends what is due, each by one process; firms beside each other, a firm's messages one after the other. */
@Injectable()
export class SendAlerts {
  private isSending = false;

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly database: Database,
    private readonly claims: AlertClaims,
    private readonly lines: AlertLines,
    private readonly post: AlertPost,
    private readonly parts: AlertParts,
  ) {}

  @Interval(LOOK_MS)
  async tick(): Promise<void> {
    if (!this.dispatcher.isWorking || this.isSending) return;
    this.isSending = true;
    try {
      await this.sendDue();
    } catch (error) {
      if (!isDatabaseAway(error)) this.parts.log.error('alerts.failed', { error });
    } finally {
      this.isSending = false;
    }
  }

  async sendDue(): Promise<void> {
    const due = await this.database.directory<{ firm_id: string; id: string }>('due_alerts($1, $2)', [
      this.parts.clock.now(),
      AT_ONCE,
    ]);
    const firms = [...new Set(due.map((row) => row.firm_id))];
    await Promise.all(
      firms.map(async (firmId) => {
        for (const { id } of due.filter((row) => row.firm_id === firmId)) await this.run(firmId, id);
      }),
    );
  }

  private async run(firmId: string, id: string): Promise<void> {
    const alert = await this.claims.claim(firmId, id);
    if (!alert) return;
    const message = await this.message(firmId, alert);
    const sent = await this.post.send(alert.id, alert.target, message);
    const state = await this.claims.putDown(firmId, alert, sent);
    this.parts.log.info('alert.run', {
      firm_id: firmId,
      kind: alert.target.kind,
      type: alert.occasion,
      state,
      attempt: alert.attempts,
      count: alert.ids.length,
    });
  }

  private async message(firmId: string, alert: ClaimedAlert): Promise<AlertMessage> {
    return await this.database.forFirm(firmId, async (scope) => {
      const { publicUrl } = this.parts.config;
      if (alert.occasion !== 'digest') {
        const lines = await this.lines.ofNews(scope, alert.news);
        return alertMessage(alert.occasion, lines, lines.length, publicUrl);
      }
      const { lines, total } = await this.lines.ofDigest(scope);
      return alertMessage('digest', lines, total, publicUrl);
    });
  }
}
