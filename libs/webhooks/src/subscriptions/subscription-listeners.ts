import { Injectable } from '@nestjs/common';

/** A registration stands again that did not stand for a while. */
export interface Restored {
  /** Up to this moment events surely reached us: when the registration was last seen to stand, or the last event. */
  readonly since: Date;
}

/** What a room does once a firm's registration was made again, e.g. read back what was missed. */
export interface SubscriptionListener {
  /** Called once each time; again at the next look when it throws or the process ends meanwhile, with the same `since`. */
  restored(firmId: string, restored: Restored): Promise<void>;
}

@Injectable()
export class SubscriptionListeners {
  private readonly listeners: SubscriptionListener[] = [];

  register(listener: SubscriptionListener): void {
    this.listeners.push(listener);
  }

  async restored(firmId: string, restored: Restored): Promise<void> {
    for (const listener of this.listeners) await listener.restored(firmId, restored);
  }
}
