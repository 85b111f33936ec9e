import { Injectable } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';
import type { OperationRow } from './operation-row';
import type { Failed } from './outcome';

/** Told once, when an operation becomes `failed` or `held`; in the same transaction. */
export type FailureListener = (scope: FirmScope, operation: OperationRow, failure: Failed) => Promise<void>;

/** How an operation left `failed` or `held`: opened again, and later done or stopped. Told in the same transaction. */
export type Recovery = 'reopened' | 'succeeded' | 'cancelled';
export type RecoveryListener = (scope: FirmScope, operation: OperationRow, recovery: Recovery) => Promise<void>;

@Injectable()
export class FailureListeners {
  private readonly listeners: FailureListener[] = [];
  private readonly recoveryListeners: RecoveryListener[] = [];

  register(listener: FailureListener): void {
    this.listeners.push(listener);
  }

  async tell(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    for (const listener of this.listeners) await listener(scope, operation, failure);
  }

  registerRecovery(listener: RecoveryListener): void {
    this.recoveryListeners.push(listener);
  }

  async tellRecovery(scope: FirmScope, operation: OperationRow, recovery: Recovery): Promise<void> {
    for (const listener of this.recoveryListeners) await listener(scope, operation, recovery);
  }
}
