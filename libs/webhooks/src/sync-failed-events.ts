import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OPERATION_ERRORS } from '@matterline/contracts';
import type { FirmScope } from '@matterline/platform';
import { type Failed, FailureListeners, type OperationRow } from '@matterline/sync';
import { OutgoingEvents } from './outgoing/outgoing-events';

/** Tells CaseHug once when an operation becomes failed or held. */
@Injectable()
export class SyncFailedEvents implements OnModuleInit {
  constructor(
    private readonly listeners: FailureListeners,
    private readonly events: OutgoingEvents,
  ) {}

  onModuleInit(): void {
    this.listeners.register((scope, operation, failure) => this.tell(scope, operation, failure));
  }

  private async tell(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    const { message, hint, fate } = OPERATION_ERRORS[failure.code];
    await this.events.emit(scope, {
      type: operation.entity_type === 'document' ? 'document.sync_failed' : 'matter.sync_failed',
      matterId: operation.matter_id,
      data: {
        smokeball_matter_id: null,
        operation_id: operation.id,
        error: { code: failure.code, message, hint, retryable: fate === 'retried' },
        ...(operation.entity_type === 'document' ? { upload_id: operation.entity_id } : {}),
      },
      dedupeKey: `sync_failed/${operation.id}/${operation.attempts}/${failure.code}`,
    });
  }
}
