import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectByFirm } from './tenant-table';

/** How records stood in Smokeball when last read, as keyed hashes field by field, so that CaseHug is told what changed; and waiting events of one record are found together. */
export class Snapshots0016 implements MigrationInterface {
  readonly name = 'Snapshots1764000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table record_snapshots (
        firm_id text not null references firms,
        kind text not null check (kind in ('contact', 'matter', 'file')),
        record_id text not null,
        version numeric(20) not null,
        fields jsonb not null,
        ours jsonb not null,
        ours_at timestamptz,
        revision int not null default 0,
        read_at timestamptz not null,
        primary key (firm_id, kind, record_id)
      )`);
    await protectByFirm(runner, 'record_snapshots');
    await runner.query(
      `create index events_in_open_of_record on events_in (firm_id, resource_id) where state in ('pending', 'running') and resource_id is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index events_in_open_of_record');
    await runner.query('drop table record_snapshots');
  }
}
