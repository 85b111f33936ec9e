import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionListeners } from '@matterline/auth';
import { Database } from '@matterline/platform';
import { Operations } from './operations';

/** Work that was held for want of a connection goes on by itself once there is one. */
@Injectable()
export class ResumeOnConnect implements OnModuleInit {
  constructor(
    private readonly listeners: ConnectionListeners,
    private readonly database: Database,
    private readonly operations: Operations,
  ) {}

  onModuleInit(): void {
    this.listeners.register({
      connected: async (firmId) => {
        await this.database.forFirm(firmId, (scope) =>
          this.operations.resumeHeld(scope, ['not_connected', 'needs_reauth', 'misconfigured']),
        );
      },
    });
  }
}
