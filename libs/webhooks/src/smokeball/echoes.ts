import { Injectable } from '@nestjs/common';
import { Database, type FirmScope } from '@matterline/platform';
import type { WebhookNotification } from '@matterline/smokeball-client';
import { failed, OperationCloser, OperationHandlers, Operations } from '@matterline/sync';

export interface Echo {
  /** One of our own operations caused the event. */
  readonly isEcho: boolean;
  /** Nothing more is to be done with it. */
  readonly isFinal: boolean;
  readonly note: string | null;
  readonly matterId?: string | null;
}

const NOT_OURS: Echo = { isEcho: false, isFinal: false, note: null };
const MESSAGE_MAX = 500;

/**
 * Events that our own calls caused carry the operation's id as `RequestId`, which the signature covers. They confirm the
 * operation without a read, or fail it when they are `error` events; they are never pushed back.
 */
@Injectable()
export class Echoes {
  constructor(
    private readonly database: Database,
    private readonly operations: Operations,
    private readonly handlers: OperationHandlers,
    private readonly closer: OperationCloser,
  ) {}

  async settle(
    firmId: string,
    type: string,
    resourceId: string | null,
    requestId: string | null,
    notification: WebhookNotification,
  ): Promise<Echo> {
    if (!requestId?.startsWith('op_')) return NOT_OURS;
    return await this.database.forFirm(firmId, async (scope) => {
      const known = await this.operations.find(scope, requestId);
      if (!known) return NOT_OURS;
      if (type === 'error') return await this.refuse(scope, requestId, notification);
      const isConfirmed = resourceId !== null && (await this.confirm(scope, requestId, resourceId));
      return {
        isEcho: true,
        isFinal: false,
        matterId: known.matter_id,
        note: isConfirmed ? 'confirms our own change' : 'our own change',
      };
    });
  }

  private async confirm(scope: FirmScope, id: string, resourceId: string): Promise<boolean> {
    const operation = await this.operations.findOpen(scope, id);
    if (!operation) return false;
    if (operation.state !== 'accepted') {
      // The answer to our call is lost or still under way; the id helps the look that follows.
      await this.operations.remember(scope, id, { event_id: resourceId });
      return false;
    }
    const handler = this.handlers.get(operation.kind);
    if (!(await handler.confirmedByEvent?.(scope, operation, resourceId))) return false;
    await this.closer.succeed(scope, operation);
    return true;
  }

  private async refuse(scope: FirmScope, id: string, notification: WebhookNotification): Promise<Echo> {
    const operation = await this.operations.findOpen(scope, id);
    const message = notification.payload['message'];
    const text = typeof message === 'string' ? message.slice(0, MESSAGE_MAX) : undefined;
    if (operation) {
      const code = this.handlers.get(operation.kind).refusal?.(text ?? '') ?? 'refused_later';
      await this.closer.fail(scope, operation, { ...failed(code, text), isRefusedLater: true });
    }
    return {
      isEcho: true,
      isFinal: true,
      matterId: operation?.matter_id ?? null,
      note: 'Smokeball refused our change afterwards',
    };
  }
}
