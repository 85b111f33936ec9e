import { Injectable } from '@nestjs/common';

/** What a higher room does when a firm's connection begins, ends or stops working. */
export interface ConnectionListener {
  connected?(firmId: string): Promise<void>;
  /** Called before the tokens go, so that they can be used once more; must not throw when Smokeball is away. */
  disconnecting?(firmId: string): Promise<void>;
  needsReauth?(firmId: string): Promise<void>;
}

@Injectable()
export class ConnectionListeners {
  private readonly listeners: ConnectionListener[] = [];

  register(listener: ConnectionListener): void {
    this.listeners.push(listener);
  }

  async connected(firmId: string): Promise<void> {
    for (const listener of this.listeners) await listener.connected?.(firmId);
  }

  async disconnecting(firmId: string): Promise<void> {
    for (const listener of this.listeners) await listener.disconnecting?.(firmId);
  }

  async needsReauth(firmId: string): Promise<void> {
    for (const listener of this.listeners) await listener.needsReauth?.(firmId);
  }
}
