import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectByFirm } from './tenant-table';

/** The outbox towards Smokeball: operations, one writer a subject, every attempt kept. */
export class Operations0006 implements MigrationInterface {
  readonly name = 'Operations1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operations (
        id text primary key,
        firm_id text not null references firms,
        position bigint generated always as identity,
        kind text not null,
        subject text not null,
        matter_id text,
        entity_type text not null,
        entity_id text not null,
        state text not null check (state in ('pending', 'running', 'accepted', 'succeeded', 'failed', 'held', 'cancelled')),
        trigger text not null,
        lane text not null,
        batch_id text,
        attempts int not null default 0,
        tries_since_reset int not null default 0,
        error_code text,
        error_detail_enc bytea,
        progress jsonb not null default '{}',
        request_ids text[] not null default '{}',
        next_attempt_at timestamptz,
        first_tried_at timestamptz,
        accepted_at timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        finished_at timestamptz,
        holder int,
        lease_until timestamptz
      )`);
    await protectByFirm(runner, 'operations');
    await runner.query(
      `create index operations_due on operations (next_attempt_at) where state in ('pending', 'running', 'accepted')`,
    );
    await runner.query(
      `create index operations_leases on operations (lease_until) where state in ('running', 'accepted') and holder is not null`,
    );
    await runner.query(
      `create index operations_subject on operations (firm_id, subject, position) where state in ('pending', 'running', 'accepted')`,
    );
    await runner.query('create index operations_newest on operations (firm_id, created_at desc, position desc)');
    await runner.query('create index operations_state on operations (firm_id, state, created_at desc)');
    await runner.query('create index operations_matter on operations (firm_id, matter_id, created_at desc)');
    await runner.query('create index operations_entity on operations (firm_id, entity_type, entity_id, position desc)');
    await runner.query(
      'create index operations_error on operations (firm_id, error_code, created_at desc) where error_code is not null',
    );
    await runner.query('create index operations_batch on operations (firm_id, batch_id) where batch_id is not null');
    await runner.query('create index operations_kind on operations (firm_id, kind, created_at desc)');
    await runner.query(`
      create table attempts (
        firm_id text not null references firms,
        operation_id text not null references operations,
        number int not null,
        started_at timestamptz not null,
        finished_at timestamptz,
        outcome text not null,
        error_code text,
        error_detail_enc bytea,
        calls jsonb not null default '[]',
        steps jsonb not null default '[]',
        primary key (operation_id, number)
      )`);
    await protectByFirm(runner, 'attempts');
    await runner.query(`
      create table batches (
        id text primary key,
        firm_id text not null references firms,
        kind text not null,
        total int not null,
        skipped jsonb not null default '[]',
        created_at timestamptz not null,
        cancelled_at timestamptz
      )`);
    await protectByFirm(runner, 'batches');
    await runner.query(`
      create table type_mappings (
        firm_id text not null references firms,
        case_type text not null,
        state text not null,
        matter_type_id text not null,
        matter_type_name text not null,
        client_role text,
        updated_at timestamptz not null,
        primary key (firm_id, case_type, state)
      )`);
    await protectByFirm(runner, 'type_mappings');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table type_mappings, batches, attempts, operations');
  }
}
