import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionListeners, type ExpiryNotice, readConnection, thresholdOf } from '@matterline/auth';
import { Database } from '@matterline/platform';
import { OutgoingEvents } from './outgoing/outgoing-events';

/** Tells CaseHug that Smokeball ended a firm's grant or soon will, so that somebody signs in again. */
@Injectable()
export class ConnectionEvents implements OnModuleInit {
  constructor(
    private readonly listeners: ConnectionListeners,
    private readonly database: Database,
    private readonly events: OutgoingEvents,
  ) {}

  onModuleInit(): void {
    this.listeners.register({
      needsReauth: (firmId) => this.tell(firmId),
      expiring: (firmId, notice) => this.foretell(firmId, notice),
    });
  }

  private async tell(firmId: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const row = await readConnection(scope);
      await this.events.emit(scope, {
        type: 'connection.needs_reauth',
        matterId: null,
        data: {
          smokeball_matter_id: null,
          expires_at: row?.refresh_expires_at?.toISOString() ?? null,
          reason: 'Smokeball no longer accepts the sign-in',
        },
        dedupeKey: `connection.needs_reauth/${row?.connected_at?.toISOString() ?? ''}`,
      });
    });
  }

  private async foretell(firmId: string, { daysLeft, expiresAt }: ExpiryNotice): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      await this.events.emit(scope, {
        type: 'connection.expiring',
        matterId: null,
        data: {
          smokeball_matter_id: null,
          expires_at: expiresAt.toISOString(),
          reason: `The sign-in at Smokeball ends in ${daysLeft === 1 ? 'a day or less' : `${daysLeft} days`}; sign in again before then`,
        },
        dedupeKey: `connection.expiring/${expiresAt.toISOString()}/${thresholdOf(daysLeft)}`,
      });
    });
  }
}
