import { Injectable } from '@nestjs/common';
import type { ContactCandidate } from '@matterline/contracts';
import { ChangeNotices, Clock, FieldCipher, type FirmScope } from '@matterline/platform';

export type ReviewDecision = { readonly kind: 'link'; readonly contactId: string } | { readonly kind: 'create' };

export interface ReviewRow {
  readonly client_id: string;
  readonly operation_id: string;
  readonly state: 'open' | 'decided' | 'closed';
  readonly candidates_enc: Buffer;
  readonly candidate_ids: readonly string[];
  readonly found_at: Date;
  readonly postponed_until: Date | null;
  readonly decision: 'link' | 'create' | null;
  readonly decided_contact_id: string | null;
  readonly decided_at: Date | null;
}

export const REVIEW_COLUMNS = `r.client_id, r.operation_id, r.state, r.candidates_enc, r.candidate_ids, r.found_at, r.postponed_until, r.decision,
  r.decided_contact_id, r.decided_at`;

const place = (firmId: string, clientId: string) => ({
  firmId,
  field: 'contact_reviews.candidates_enc',
  rowId: clientId,
});

/** Clients who could be several Smokeball contacts, or unsurely one, and what a person decided. One row a client. */
@Injectable()
export class ContactReviews {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly changes: ChangeNotices,
  ) {}

  /** Asks a person. An earlier decision about other candidates no longer counts; a postponement does while nobody new came up. */
  async open(
    scope: FirmScope,
    clientId: string,
    operationId: string,
    candidates: readonly ContactCandidate[],
  ): Promise<void> {
    const ids = candidates.map((candidate) => candidate.contact_id).sort();
    await scope.change(
      `insert into contact_reviews as r (firm_id, client_id, operation_id, state, candidates_enc, candidate_ids, found_at)
       values ($1, $2, $3, 'open', $4, $5, $6)
       on conflict (firm_id, client_id) do update set operation_id = excluded.operation_id, state = 'open',
         candidates_enc = excluded.candidates_enc, candidate_ids = excluded.candidate_ids, decision = null,
         decided_contact_id = null, decided_by = null, decided_at = null,
         found_at = case when r.state = 'closed' then excluded.found_at else r.found_at end,
         postponed_until = case when r.state <> 'closed' and r.candidate_ids = excluded.candidate_ids then r.postponed_until end`,
      [
        scope.firmId,
        clientId,
        operationId,
        this.cipher.sealJson(place(scope.firmId, clientId), candidates),
        ids,
        this.clock.now(),
      ],
    );
    await this.told(scope, clientId);
  }

  /** Holds the row until the commit: two people deciding at once decide one after the other. */
  async lock(scope: FirmScope, clientId: string): Promise<ReviewRow | null> {
    return await scope.one<ReviewRow>(
      `select ${REVIEW_COLUMNS} from contact_reviews r where r.firm_id = $1 and r.client_id = $2 and r.state <> 'closed' for update`,
      [scope.firmId, clientId],
    );
  }

  async decision(scope: FirmScope, clientId: string): Promise<ReviewDecision | null> {
    const row = await scope.one<Pick<ReviewRow, 'decision' | 'decided_contact_id'>>(
      `select decision, decided_contact_id from contact_reviews where firm_id = $1 and client_id = $2 and state = 'decided'`,
      [scope.firmId, clientId],
    );
    if (row?.decision === 'create') return { kind: 'create' };
    return row?.decided_contact_id ? { kind: 'link', contactId: row.decided_contact_id } : null;
  }

  async decide(scope: FirmScope, clientId: string, decision: ReviewDecision, actor: string): Promise<void> {
    await scope.change(
      `update contact_reviews set state = 'decided', decision = $3, decided_contact_id = $4, decided_by = $5, decided_at = $6,
         postponed_until = null where firm_id = $1 and client_id = $2`,
      [
        scope.firmId,
        clientId,
        decision.kind,
        decision.kind === 'link' ? decision.contactId : null,
        actor,
        this.clock.now(),
      ],
    );
    await this.told(scope, clientId);
  }

  async undecide(scope: FirmScope, clientId: string): Promise<void> {
    await scope.change(
      `update contact_reviews set state = 'open', decision = null, decided_contact_id = null, decided_by = null, decided_at = null
        where firm_id = $1 and client_id = $2`,
      [scope.firmId, clientId],
    );
    await this.told(scope, clientId);
  }

  async postpone(scope: FirmScope, clientId: string, until: Date | null): Promise<void> {
    await scope.change('update contact_reviews set postponed_until = $3 where firm_id = $1 and client_id = $2', [
      scope.firmId,
      clientId,
      until,
    ]);
    await this.told(scope, clientId);
  }

  /** The client's contact is known; there is nothing left to ask. */
  async close(scope: FirmScope, clientId: string): Promise<void> {
    const closed = await scope.change(
      `update contact_reviews set state = 'closed' where firm_id = $1 and client_id = $2 and state <> 'closed'`,
      [scope.firmId, clientId],
    );
    if (closed > 0) await this.told(scope, clientId);
  }

  candidatesOf(firmId: string, row: ReviewRow): ContactCandidate[] {
    return this.cipher.openJson<ContactCandidate[]>(place(firmId, row.client_id), row.candidates_enc);
  }

  private async told(scope: FirmScope, clientId: string): Promise<void> {
    await this.changes.announce(scope, { kind: 'review', id: clientId });
  }
}
