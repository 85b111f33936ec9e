import { Injectable } from '@nestjs/common';
import type { OperationErrorCode, OperationKind } from '@matterline/contracts';
import type { FirmScope } from '@matterline/platform';
import type { CallContext, SmokeballClient } from '@matterline/smokeball-client';
import type { OperationRow, Progress } from './operation-row';
import type { Failed, Outcome } from './outcome';

/** What a handler gets to work with while it holds an operation. */
export interface OperationContext {
  readonly firmId: string;
  readonly operation: OperationRow;
  readonly smokeball: SmokeballClient;
  /** Lane, firm, and the operation's id as `RequestId`. */
  readonly call: CallContext;
  /** What has been remembered so far. */
  readonly progress: Progress;
  /** Adds to what is remembered; stored before it resolves. A null forgets. */
  remember(change: Progress): Promise<void>;
  /** Names the step a person sees in the history. */
  step(name: string): void;
  /** A short transaction; throws `LostOperation` when another process has taken the operation over. */
  tx<T>(work: (scope: FirmScope) => Promise<T>): Promise<T>;
}

/** What one kind of operation does; stands in the room that knows the record. Every method may run again after a crash. */
export interface OperationHandler {
  readonly kind: OperationKind;
  /** Whether it can be tried now; asked before an attempt is counted. */
  ready?(scope: FirmScope, operation: OperationRow): Promise<{ readonly waitMs: number } | Failed | null>;
  execute(context: OperationContext): Promise<Outcome>;
  /** Looks whether an accepted change has arrived: `succeeded`, a failure, or `waiting` for "not yet". */
  confirm(context: OperationContext): Promise<Outcome>;
  /** Smokeball's verified event says that our change to this resource arrived; in the transaction of that finding. */
  confirmedByEvent?(scope: FirmScope, operation: OperationRow, resourceId: string): Promise<boolean>;
  /** The operation failed or is held; in the closing transaction, so that link and operation never disagree. */
  failed?(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void>;
  /** Which code the words are with which Smokeball refuses a request after it accepted it; null for `refused_later`. */
  refusal?(message: string): OperationErrorCode | null;
  /** It is to be tried anew: says so on its link. */
  reopened?(scope: FirmScope, operation: OperationRow): Promise<void>;
  /** It was stopped before it began: the link is as it was before (`failureBefore`). */
  cancelled?(scope: FirmScope, operation: OperationRow): Promise<void>;
}

/** Exactly one handler a kind. */
@Injectable()
export class OperationHandlers {
  private readonly byKind = new Map<OperationKind, OperationHandler>();

  /** @throws when the kind has a handler already. */
  register(handler: OperationHandler): void {
    if (this.byKind.has(handler.kind)) throw new Error(`two handlers for ${handler.kind}`);
    this.byKind.set(handler.kind, handler);
  }

  get(kind: OperationKind): OperationHandler {
    const handler = this.byKind.get(kind);
    if (!handler) throw new Error(`no handler for ${kind}`);
    return handler;
  }

  kinds(): OperationKind[] {
    return [...this.byKind.keys()];
  }
}
