import { Injectable } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';
import type { OperationRow } from './operation-row';
import type { Failed } from './outcome';

/** Told once, when an operation becomes `failed` or `held`; in the same transaction. */
export type FailureListener = (scope: FirmScope, operation: OperationRow, failure: Failed) => Promise<void>;

@Injectable()
export class FailureListeners {
  private readonly listeners: FailureListener[] = [];

  register(listener: FailureListener): void {
    this.listeners.push(listener);
  }

  async tell(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    for (const listener of this.listeners) await listener(scope, operation, failure);
  }
}
