import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryFunction, protectByFirm } from './tenant-table';

/** What contacts were last agreed on, whose tags are whose, unsure matches for a person, and how far the phone index is filled. */
export class ContactMatching0011 implements MigrationInterface {
  readonly name = 'ContactMatching1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table parties add column email_hash bytea, add column phone_hashes bytea[] not null default '{}'`,
    );
    await runner.query('create index parties_email on parties (firm_id, email_hash) where email_hash is not null');
    await runner.query(`create index parties_phones on parties using gin (phone_hashes) where phone_hashes <> '{}'`);
    await runner.query(`
      alter table contact_links
        add column sent_enc bytea,
        add column sending_enc bytea,
        add column sending_hash bytea,
        add column tags_enc bytea,
        add column tags_hash bytea`);
    // Where nothing changed since it was sent, what was sent is what stands in parties; both are sealed for the same place.
    await runner.query(`
      update contact_links l set sent_enc = p.party_enc from parties p
        where p.firm_id = l.firm_id and p.client_id = l.client_id and p.party_hash = l.sent_hash`);
    await runner.query(`
      create table contact_reviews (
        firm_id text not null,
        client_id text not null,
        operation_id text not null references operations,
        state text not null check (state in ('open', 'decided', 'closed')),
        candidates_enc bytea not null,
        candidate_ids text[] not null,
        found_at timestamptz not null,
        postponed_until timestamptz,
        decision text check (decision in ('link', 'create')),
        decided_contact_id text,
        decided_by text,
        decided_at timestamptz,
        primary key (firm_id, client_id),
        foreign key (firm_id, client_id) references parties
      )`);
    await protectByFirm(runner, 'contact_reviews');
    await runner.query(
      `create index contact_reviews_open on contact_reviews (firm_id, found_at) where state <> 'closed'`,
    );
    await runner.query(`
      create table contact_fills (
        firm_id text not null references firms,
        account_id text not null,
        state text not null check (state in ('filling', 'filled')),
        since numeric not null default 0,
        skip int not null default 0,
        read int not null default 0,
        total int,
        tries int not null default 0,
        started_at timestamptz not null,
        filled_at timestamptz,
        next_at timestamptz not null,
        lease_id text,
        lease_until timestamptz,
        primary key (firm_id, account_id)
      )`);
    await protectByFirm(runner, 'contact_fills');
    await directoryFunction(
      runner,
      'due_contact_fills(at timestamptz, most int)',
      'table (firm_id text)',
      `select c.firm_id from connections c left join contact_fills f on f.firm_id = c.firm_id and f.account_id = c.account_id
        where c.state = 'connected' and c.account_id is not null
          and (f.firm_id is null or (f.next_at <= $1 and (f.lease_until is null or f.lease_until <= $1)))
        order by f.next_at nulls first limit $2`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function directory.due_contact_fills');
    await runner.query('drop table contact_fills, contact_reviews');
    await runner.query(`
      alter table contact_links
        drop column sent_enc, drop column sending_enc, drop column sending_hash, drop column tags_enc, drop column tags_hash`);
    await runner.query('drop index parties_email');
    await runner.query('alter table parties drop column email_hash, drop column phone_hashes');
  }
}
