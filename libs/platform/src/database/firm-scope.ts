import type { EntityManager, ObjectLiteral, EntityTarget, QueryRunner, Repository } from 'typeorm';

/** Parameters of a query, as node-postgres takes them. */
export type SqlParameters = readonly unknown[];

/**
 * One transaction in which only one firm's rows exist. Handed out by `Database.forFirm` alone.
 */
export class FirmScope {
  private readonly committed: (() => void)[] = [];

  constructor(
    readonly firmId: string,
    private readonly runner: QueryRunner,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager;
  }

  repository<T extends ObjectLiteral>(entity: EntityTarget<T>): Repository<T> {
    return this.runner.manager.getRepository(entity);
  }

  /** Runs SQL and answers with its rows; the caller names their shape. */
  async query<Row>(sql: string, parameters: SqlParameters = []): Promise<Row[]> {
    const result = await this.runner.query(sql, [...parameters], true);
    return result.records as Row[];
  }

  /** The one row that a query by key gives, or null. */
  async one<Row>(sql: string, parameters: SqlParameters = []): Promise<Row | null> {
    const [row] = await this.query<Row>(sql, parameters);
    return row ?? null;
  }

  /** Runs a change and answers with the number of rows it touched. */
  async change(sql: string, parameters: SqlParameters = []): Promise<number> {
    const result = await this.runner.query(sql, [...parameters], true);
    return result.affected ?? 0;
  }

  /** Something to do once the transaction stands (wake a worker, tell a page); lost when it does not. */
  afterCommit(action: () => void): void {
    this.committed.push(action);
  }

  /** Called by `Database` after the commit. */
  runCommitted(): void {
    for (const action of this.committed) action();
  }
}
