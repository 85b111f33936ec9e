import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A document that CaseHug only named has neither hash nor size until its bytes are fetched. */
export class DocumentsToFetch0012 implements MigrationInterface {
  readonly name = 'DocumentsToFetch1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table documents alter column sha256 drop not null, alter column size_bytes drop not null',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update documents set sha256 = coalesce(sha256, ''), size_bytes = coalesce(size_bytes, 0)`);
    await runner.query('alter table documents alter column sha256 set not null, alter column size_bytes set not null');
  }
}
