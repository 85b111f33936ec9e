import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { FIRM_SETTING } from './app-role';
import { isUnstorableText } from './unstorable-text';
import { FirmScope, type SqlParameters } from './firm-scope';

/**
 * The way to the rows. Firm rows are reached through `forFirm` only; `directory` calls one of the narrow
 * SECURITY DEFINER functions that find out which firm a key, a hook or a due piece of work belongs to.
 */
@Injectable()
export class Database {
  constructor(private readonly source: DataSource) {}

  /**
   * Runs `work` in one transaction that sees only this firm's rows; commits when it resolves, rolls back when it throws.
   * Actions left with `scope.afterCommit` run after the commit.
   */
  async forFirm<T>(firmId: string, work: (scope: FirmScope) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction();
      await runner.query('select set_config($1, $2, true)', [FIRM_SETTING, firmId]);
      const scope = new FirmScope(firmId, runner);
      const result = await work(scope);
      await runner.commitTransaction();
      scope.runCommitted();
      return result;
    } catch (error) {
      await rollBack(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** Calls a function of the `directory` schema; outside any firm. */
  async directory<Row>(call: string, parameters: SqlParameters = []): Promise<Row[]> {
    try {
      return await this.source.query<Row[]>(`select * from directory.${call}`, [...parameters]);
    } catch (error) {
      // Nothing can be known under a name that no column can hold.
      if (isUnstorableText(error)) return [];
      throw error;
    }
  }

  /** Reads and writes of tables that hold no firm's data (gates, keys, the matter type catalogue). */
  async shared<Row>(sql: string, parameters: SqlParameters = []): Promise<Row[]> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.connect();
      const result = await runner.query(sql, [...parameters], true);
      return result.records as Row[];
    } finally {
      await runner.release();
    }
  }
}

async function rollBack(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive) return;
  try {
    await runner.rollbackTransaction();
  } catch {
    // The connection is gone; the server has rolled back by itself.
  }
}
