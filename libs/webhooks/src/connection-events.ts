import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionListeners, readConnection } from '@matterline/auth';
import { Database } from '@matterline/platform';
import { OutgoingEvents } from './outgoing/outgoing-events';

/** Tells CaseHug that Smokeball ended a firm's grant, so that somebody signs in again. */
@Injectable()
export class ConnectionEvents implements OnModuleInit {
  constructor(
    private readonly listeners: ConnectionListeners,
    private readonly database: Database,
    private readonly events: OutgoingEvents,
  ) {}

  onModuleInit(): void {
    this.listeners.register({ needsReauth: (firmId) => this.tell(firmId) });
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
}
