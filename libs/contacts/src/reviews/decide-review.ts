import { Injectable } from '@nestjs/common';
import type { ReviewDecisionRequest } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { ApiError, Clock, Database, type FirmScope } from '@matterline/platform';
import { failed, failureBefore, OperationCloser, type OperationRow, Operations } from '@matterline/sync';
import { ContactReviews, type ReviewRow } from './contact-reviews';

/** How long a decision can be taken back before anything follows from it. */
export const UNDO_MS = 10_000;
const DAY_MS = 24 * 3600 * 1000;

/** What a person does with an unsure match; everything is audited, and the waiting operation goes on by itself. */
@Injectable()
export class DecideReview {
  constructor(
    private readonly database: Database,
    private readonly reviews: ContactReviews,
    private readonly operations: Operations,
    private readonly closer: OperationCloser,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiError 404 when nothing is asked, 409 when somebody has decided or it is being looked at, 400 for a contact not proposed. */
  async decide(firmId: string, clientId: string, request: ReviewDecisionRequest, actor: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const { review, operation } = await this.locked(scope, clientId);
      if (review.state === 'decided') throw new ApiError('conflict', 'Somebody has decided this already.', {});
      if (operation.state === 'running' || operation.state === 'accepted')
        throw new ApiError('conflict', 'This client is being looked at right now. Try again in a moment.', {});
      const contactId = request.decision === 'link' ? request.contact_id : null;
      if (contactId !== null && !review.candidate_ids.includes(contactId))
        throw ApiError.validation([{ field: 'contact_id', message: 'must be one of the candidates' }]);
      const decision = contactId === null ? { kind: 'create' as const } : { kind: 'link' as const, contactId };
      await this.reviews.decide(scope, clientId, decision, actor);
      await this.operations.reopen(scope, operation.id, 'manual');
      await scope.change('update operations set next_attempt_at = $2 where id = $1', [
        operation.id,
        this.clock.in(UNDO_MS),
      ]);
      await this.audit.record(scope, {
        actor,
        action: 'contact_review.decide',
        subject: `contact:${clientId}`,
        detail: { decision: request.decision, smokeball_contact_id: contactId, operation_id: operation.id },
      });
    });
  }

  /** @throws ApiError 409 once the decision is being carried out. */
  async undo(firmId: string, clientId: string, actor: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const { review, operation } = await this.locked(scope, clientId);
      const isBegun = operation.progress['contact_sent_at'] != null || operation.progress['contact_id'] != null;
      if (review.state !== 'decided' || operation.state !== 'pending' || isBegun)
        throw new ApiError('conflict', 'The decision is being carried out already.', {});
      await this.reviews.undecide(scope, clientId);
      await this.closer.fail(scope, operation, failed(failureBefore(operation) ?? 'contact_ambiguous'));
      await this.audit.record(scope, {
        actor,
        action: 'contact_review.undo',
        subject: `contact:${clientId}`,
        detail: { operation_id: operation.id },
      });
    });
  }

  /** Puts it aside for some days; 0 brings it back. @throws ApiError 404, 409 */
  async postpone(firmId: string, clientId: string, days: number, actor: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const { review } = await this.locked(scope, clientId);
      if (review.state === 'decided') throw new ApiError('conflict', 'Somebody has decided this already.', {});
      await this.reviews.postpone(scope, clientId, days === 0 ? null : this.clock.in(days * DAY_MS));
      await this.audit.record(scope, {
        actor,
        action: 'contact_review.postpone',
        subject: `contact:${clientId}`,
        detail: { days },
      });
    });
  }

  /** Operation first, as those who work on it do: the other way round two could wait for each other for ever. */
  private async locked(scope: FirmScope, clientId: string): Promise<{ review: ReviewRow; operation: OperationRow }> {
    const named = await scope.one<{ operation_id: string }>(
      `select operation_id from contact_reviews where firm_id = $1 and client_id = $2 and state <> 'closed'`,
      [scope.firmId, clientId],
    );
    const operation = named && (await this.operations.lock(scope, named.operation_id));
    const review = operation && (await this.reviews.lock(scope, clientId));
    if (!review || review.operation_id !== operation.id) throw ApiError.notFound('review');
    return { review, operation };
  }
}
