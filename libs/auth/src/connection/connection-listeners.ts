import { Injectable } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';

/** That a sign-in ends soon. */
export interface ExpiryNotice {
  /** Days begun, 14 at most. */
  readonly daysLeft: number;
  readonly expiresAt: Date;
}

/** From which Smokeball account a firm goes to which. */
export interface AccountSwitch {
  readonly from: string;
  readonly to: string;
}

/** What a higher room does when a firm's connection begins, ends or stops working. */
export interface ConnectionListener {
  connected?(firmId: string): Promise<void>;
  /** Called before the tokens go, so that they can be used once more; must not throw when Smokeball is away. */
  disconnecting?(firmId: string): Promise<void>;
  needsReauth?(firmId: string): Promise<void>;
  /** Told once for 14, 7, 3 and 1 days; again after a crash in between, so what it leads to should be made under a key of its own. */
  expiring?(firmId: string, notice: ExpiryNotice): Promise<void>;
  /** Puts the links to one account aside and brings back those to the other, in the transaction of the switch. */
  switching?(scope: FirmScope, accounts: AccountSwitch): Promise<void>;
  /** After every room has put its links aside, in the same transaction. */
  switched?(scope: FirmScope, accounts: AccountSwitch): Promise<void>;
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

  async expiring(firmId: string, notice: ExpiryNotice): Promise<void> {
    for (const listener of this.listeners) await listener.expiring?.(firmId, notice);
  }

  async switchAccount(scope: FirmScope, accounts: AccountSwitch): Promise<void> {
    for (const listener of this.listeners) await listener.switching?.(scope, accounts);
    for (const listener of this.listeners) await listener.switched?.(scope, accounts);
  }
}
