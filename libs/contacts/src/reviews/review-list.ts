import { Injectable } from '@nestjs/common';
import type { ContactReview, Listed, PageQuery, Party } from '@matterline/contracts';
import { Firms, SmokeballAccess } from '@matterline/auth';
import { Clock, Database, type FirmScope, listed, offsetOf } from '@matterline/platform';
import { contactUrl } from '@matterline/smokeball-client';
import { EntityNames } from '@matterline/sync';
import { Parties, partyName } from '../parties';
import { clientOf } from './candidate-view';
import { ContactReviews, REVIEW_COLUMNS, type ReviewRow } from './contact-reviews';

interface Row extends ReviewRow {
  readonly undo_until: Date | null;
  readonly total: number;
}

const WAITING = '(r.postponed_until is null or r.postponed_until <= $2)';

/** What waits for a person's decision, newest first. */
@Injectable()
export class ReviewList {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly reviews: ContactReviews,
    private readonly parties: Parties,
    private readonly names: EntityNames,
    private readonly firms: Firms,
    private readonly access: SmokeballAccess,
  ) {}

  async list(firmId: string, state: 'waiting' | 'postponed', page: PageQuery): Promise<Listed<ContactReview>> {
    const offset = offsetOf(page);
    return await this.database.forFirm(firmId, async (scope) => {
      const rows = await scope.query<Row>(
        `select ${REVIEW_COLUMNS}, o.next_attempt_at as undo_until, count(*) over ()::int as total
           from contact_reviews r join operations o on o.id = r.operation_id
          where r.firm_id = $1 and r.state <> 'closed' and ${state === 'waiting' ? WAITING : `not ${WAITING}`}
            and exists (select from matter_parties m where m.firm_id = r.firm_id and m.client_id = r.client_id)
          order by r.found_at desc, r.client_id limit $3 offset $4`,
        [firmId, this.clock.now(), page.per_page, offset],
      );
      const views: ContactReview[] = [];
      for (const row of rows) {
        const party = await this.parties.get(scope, row.client_id);
        if (party) views.push(await this.view(scope, row, party));
      }
      return listed(views, rows[0]?.total ?? 0, page);
    });
  }

  private async view(scope: FirmScope, row: Row, party: Party): Promise<ContactReview> {
    const matterIds = await this.parties.mattersOf(scope, row.client_id);
    const titles = await this.names.names(scope, 'matter', matterIds);
    const { region, environment } = await this.firms.read(scope);
    const hosts = this.access.hosts(region, environment);
    return {
      client_id: row.client_id,
      name: partyName(party),
      kind: party.company_name ? 'company' : 'person',
      ...clientOf(party),
      matters: matterIds.map((id) => ({ id, title: titles.get(id) ?? null })),
      operation_id: row.operation_id,
      found_at: row.found_at.toISOString(),
      postponed_until: row.postponed_until?.toISOString() ?? null,
      candidates: this.reviews
        .candidatesOf(scope.firmId, row)
        .map((candidate) => ({ ...candidate, url: contactUrl(hosts, candidate.contact_id) })),
      decision:
        row.state === 'decided' && row.decision && row.undo_until
          ? { decision: row.decision, contact_id: row.decided_contact_id, undo_until: row.undo_until.toISOString() }
          : null,
    };
  }
}
