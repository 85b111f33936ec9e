import { Injectable } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';

export interface PausedEndpoint {
  readonly webhookId: string;
  readonly since: Date;
  /** A code, e.g. `answered 503`; never the receiver's words. */
  readonly error: string;
  /** True after 410 Gone: it is not asked again by itself. */
  readonly isDisabled: boolean;
}

/**
 * What a higher room does when an address stops or starts to take our events. Called in the transaction in which that happens, once for
 * each change of state, so what it writes is written exactly when the change is. Must not throw.
 */
export interface EndpointListener {
  /** Paused, or disabled by 410. */
  endpointPaused?(scope: FirmScope, endpoint: PausedEndpoint): Promise<void>;
  /** It took an event again, or its registration was removed. */
  endpointResumed?(scope: FirmScope, webhookId: string): Promise<void>;
}

@Injectable()
export class EndpointListeners {
  private readonly listeners: EndpointListener[] = [];

  register(listener: EndpointListener): void {
    this.listeners.push(listener);
  }

  async paused(scope: FirmScope, endpoint: PausedEndpoint): Promise<void> {
    for (const listener of this.listeners) await listener.endpointPaused?.(scope, endpoint);
  }

  async resumed(scope: FirmScope, webhookId: string): Promise<void> {
    for (const listener of this.listeners) await listener.endpointResumed?.(scope, webhookId);
  }
}
