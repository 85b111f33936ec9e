import { Inject, Injectable } from '@nestjs/common';
import { type Alerts, type AlertSettings, alertSettingsSchema, type AlertTarget } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { Firms } from '@matterline/auth';
import { ApiError, Clock, type Config, CONFIG, Database, FieldCipher, type FirmScope } from '@matterline/platform';
import { requireAllowedTarget } from '@matterline/webhooks';
import { localTime } from './quiet-hours';

/** One address that an alert goes to. */
export interface Target {
  readonly kind: AlertTarget;
  readonly address: string;
}

export const targetsOf = (settings: AlertSettings): Target[] => [
  ...[...new Set(settings.emails)].map((address) => ({ kind: 'email', address }) as const),
  ...(settings.slack_url === null ? [] : [{ kind: 'slack', address: settings.slack_url } as const]),
];

const NONE: AlertSettings = alertSettingsSchema.parse({});
const place = (firmId: string) => ({ firmId, field: 'alert_settings.settings_enc', rowId: firmId });

/** Whom a firm wants told of its issues. The addresses are sealed: one of Slack's is a secret. */
@Injectable()
export class AlertSettingsStore {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly firms: Firms,
    private readonly audit: AuditTrail,
  ) {}

  async get(firmId: string): Promise<Alerts> {
    return this.view(await this.database.forFirm(firmId, (scope) => this.read(scope)));
  }

  async read(scope: FirmScope): Promise<AlertSettings> {
    const row = await scope.one<{ settings_enc: Buffer }>(
      'select settings_enc from alert_settings where firm_id = $1',
      [scope.firmId],
    );
    return row ? this.cipher.openJson<AlertSettings>(place(scope.firmId), row.settings_enc) : NONE;
  }

  /** @throws ApiError 409 for e-mails without a mail server, 422 `target_not_allowed`. */
  async put(firmId: string, wish: AlertSettings, actor: string): Promise<Alerts> {
    if (wish.emails.length > 0 && this.config.smtpUrl === null)
      throw new ApiError('conflict', 'Alerts by e-mail are not set up on this server.', {
        hint: 'The operator sets SMTP_URL; until then leave the e-mail addresses empty.',
      });
    if (wish.slack_url !== null) requireAllowedTarget(wish.slack_url, this.config.allowPrivateNetworks);
    return await this.database.forFirm(firmId, async (scope) => {
      const { timezone } = await this.firms.read(scope);
      const { day, minute } = localTime(this.clock.now(), timezone);
      // Switched on after its hour, the first digest goes out tomorrow.
      const doneDay = wish.digest === 'daily' && minute >= wish.digest_hour * 60 ? day : null;
      await scope.change(
        `insert into alert_settings as s (firm_id, settings_enc, has_digest, digest_day, updated_at) values ($1, $2, $3, $4, $5)
         on conflict (firm_id) do update set settings_enc = excluded.settings_enc, has_digest = excluded.has_digest,
           digest_day = greatest(s.digest_day, excluded.digest_day), updated_at = excluded.updated_at`,
        [firmId, this.cipher.sealJson(place(firmId), wish), wish.digest === 'daily', doneDay, this.clock.now()],
      );
      await this.audit.record(scope, {
        actor,
        action: 'alerts.change',
        subject: `firm:${firmId}`,
        detail: { emails: wish.emails.length, slack: wish.slack_url !== null, digest: wish.digest },
      });
      return this.view(wish);
    });
  }

  private view(settings: AlertSettings): Alerts {
    return { ...settings, emails: [...settings.emails], email_available: this.config.smtpUrl !== null };
  }
}
