import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectByFirm } from './tenant-table';

/** The append-only record of who did what: each entry's hash covers the one before. The application may add and read, no more. */
export class Audit0003 implements MigrationInterface {
  readonly name = 'Audit1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit_entries (
        firm_id text not null,
        position bigint not null,
        at timestamptz not null,
        actor text not null,
        action text not null,
        subject text not null,
        detail jsonb not null,
        previous_hash bytea not null,
        hash bytea not null,
        primary key (firm_id, position)
      )`);
    await protectByFirm(runner, 'audit_entries', { rights: 'select, insert' });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audit_entries');
  }
}
