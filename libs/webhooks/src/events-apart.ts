import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionListeners } from '@matterline/auth';
import { Clock } from '@matterline/platform';

/** Events of an account that the firm has left are not worked on with the other one's sign-in. */
@Injectable()
export class EventsApart implements OnModuleInit {
  constructor(
    private readonly listeners: ConnectionListeners,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.listeners.register({
      switched: async (scope) => {
        await scope.change(
          `update events_in set state = 'ignored', note = 'it is of an account that the firm has left', next_attempt_at = null, finished_at = $2,
             holder = null, lease_until = null where firm_id = $1 and source = 'smokeball' and state in ('pending', 'running')`,
          [scope.firmId, this.clock.now()],
        );
      },
    });
  }
}
