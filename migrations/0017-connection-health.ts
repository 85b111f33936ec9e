import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectByFirm } from './tenant-table';

/** Since when a registration has not stood, what has been told of a sign-in's end, and links of accounts that a firm has left. */
export class ConnectionHealth0017 implements MigrationInterface {
  readonly name = 'ConnectionHealth1764000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table connections
        add column token_issued_at timestamptz,
        add column hook_good_at timestamptz,
        add column hook_missing_since timestamptz,
        add column hook_types text[] not null default '{}',
        add column hook_lease text,
        add column hook_lease_until timestamptz,
        add column expiry_told int,
        add column test_id text,
        add column test_sent_at timestamptz`);
    await runner.query(`
      create table account_questions (
        firm_id text primary key references firms,
        id text not null,
        account_id text not null,
        firm_name text not null,
        user_id text not null,
        access_token_enc bytea not null,
        refresh_token_enc bytea not null,
        expires_in_s int not null,
        asked_at timestamptz not null
      )`);
    await protectByFirm(runner, 'account_questions');
    await runner.query(`
      create table links_aside (
        firm_id text not null references firms,
        account_id text not null,
        kind text not null,
        record_id text not null,
        link jsonb not null,
        put_aside_at timestamptz not null,
        primary key (firm_id, account_id, kind, record_id)
      )`);
    await protectByFirm(runner, 'links_aside');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table links_aside, account_questions');
    await runner.query(`
      alter table connections drop column token_issued_at, drop column hook_good_at, drop column hook_missing_since,
        drop column hook_types, drop column hook_lease, drop column hook_lease_until,
        drop column expiry_told, drop column test_id, drop column test_sent_at`);
  }
}
