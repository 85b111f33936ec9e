import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectByFirm } from './tenant-table';

/** What matters need to follow edits field by field: what was sent, the firm's staff, its own mappings in full, and notices. */
export class MatterSync0009 implements MigrationInterface {
  readonly name = 'MatterSync1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations add column notices_enc bytea');
    await runner.query(
      `alter table matter_links add column sent_enc bytea, add column tags_enc bytea,
         add column lacks_attorney boolean not null default false`,
    );
    await runner.query(
      `create index matter_links_lacking on matter_links (firm_id) where lacks_attorney and state = 'confirmed'`,
    );
    await runner.query(
      `alter table type_mappings add column label text, add column category text, add column location text,
         add column is_lead boolean not null default false`,
    );
    await runner.query(`
      create table case_types_seen (
        firm_id text not null references firms,
        case_type_hash bytea not null,
        state text not null,
        words_enc bytea not null,
        seen_at timestamptz not null,
        primary key (firm_id, case_type_hash, state)
      )`);
    await protectByFirm(runner, 'case_types_seen');
    await runner.query(`
      create table staff_lists (
        firm_id text not null references firms,
        account_id text not null,
        staff_enc bytea not null,
        read_at timestamptz not null,
        primary key (firm_id, account_id)
      )`);
    await protectByFirm(runner, 'staff_lists');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table staff_lists, case_types_seen');
    await runner.query(
      'alter table type_mappings drop column label, drop column category, drop column location, drop column is_lead',
    );
    await runner.query('drop index matter_links_lacking');
    await runner.query(
      'alter table matter_links drop column sent_enc, drop column tags_enc, drop column lacks_attorney',
    );
    await runner.query('alter table operations drop column notices_enc');
  }
}
