import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectByFirm } from './tenant-table';

/** A batch waits for operations that it began, and for those of the same matters that were under way already. */
export class BatchOperations0013 implements MigrationInterface {
  readonly name = 'BatchOperations1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table batch_operations (
        firm_id text not null references firms,
        batch_id text not null,
        operation_id text not null references operations,
        -- The operation has ended since, and was opened again by somebody else.
        past boolean not null default false,
        primary key (batch_id, operation_id)
      )`);
    // Asked for by somebody besides batches: then it goes on when they are stopped.
    await runner.query('alter table operations add column wanted boolean not null default false');
    await runner.query('update operations set wanted = batch_id is null');
    await protectByFirm(runner, 'batch_operations');
    await runner.query('create index batch_operations_operation on batch_operations (operation_id)');
    await runner.query(
      `insert into batch_operations (firm_id, batch_id, operation_id)
       select firm_id, batch_id, id from operations where batch_id is not null`,
    );
    await runner.query('drop index operations_batch');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('create index operations_batch on operations (firm_id, batch_id) where batch_id is not null');
    await runner.query('alter table operations drop column wanted');
    await runner.query('drop table batch_operations');
  }
}
