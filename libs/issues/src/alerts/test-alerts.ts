import { Inject, Injectable } from '@nestjs/common';
import type { AlertTest } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { type Config, CONFIG, Database, newId } from '@matterline/platform';
import { AlertPost } from './alert-post';
import { AlertSettingsStore, type Target, targetsOf } from './alert-settings';
import { alertMessage } from './alert-text';

/** Sends a test message to each target at once and says what happened. */
@Injectable()
export class TestAlerts {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly settings: AlertSettingsStore,
    private readonly post: AlertPost,
    private readonly audit: AuditTrail,
  ) {}

  async run(firmId: string, actor: string): Promise<AlertTest[]> {
    const settings = await this.database.forFirm(firmId, (scope) => this.settings.read(scope));
    const message = alertMessage('test', [], 0, this.config.publicUrl);
    const results = await Promise.all(
      targetsOf(settings).map(async (target) => {
        const { error } = await this.post.send(newId('alr'), target, message);
        return { kind: target.kind, target: shownTarget(target), sent: error === null, error };
      }),
    );
    await this.database.forFirm(firmId, (scope) =>
      this.audit.record(scope, {
        actor,
        action: 'alerts.test',
        subject: `firm:${firmId}`,
        detail: { sent: results.filter(({ sent }) => sent).length, targets: results.length },
      }),
    );
    return results;
  }
}

/** The path of a Slack address is its secret. */
const shownTarget = ({ kind, address }: Target) => (kind === 'email' ? address : new URL(address).host);
