import { Client } from 'pg';

export interface LoggedOperation {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly error_code: string | null;
  readonly holder: number | null;
  readonly matter_id: string;
  readonly attempts: number;
  readonly progress: Readonly<Record<string, string | number | null>>;
}

const COLUMNS = 'id, kind, state, error_code, holder, matter_id, attempts, progress';

/** The operations as the database's owner sees them: what a process held when it died stands nowhere else. */
export class OperationLog {
  private constructor(private readonly client: Client) {}

  static async open(databaseUrl: string): Promise<OperationLog> {
    const client = new Client({ connectionString: databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    return new OperationLog(client);
  }

  async of(matterId: string): Promise<LoggedOperation[]> {
    return await this.ask(`select ${COLUMNS} from operations where matter_id = $1 order by position`, [matterId]);
  }

  /** State and error code of every operation of these matters. */
  async statesOf(matters: readonly { readonly matterId: string }[]): Promise<[string, string | null][]> {
    const ids = matters.map(({ matterId }) => matterId);
    const rows = await this.ask<LoggedOperation>(
      'select state, error_code from operations where matter_id = any ($1) order by position',
      [ids],
    );
    return rows.map(({ state, error_code }) => [state, error_code]);
  }

  /** Those that a process is at work on. */
  async held(): Promise<LoggedOperation[]> {
    return await this.ask(`select ${COLUMNS} from operations where holder is not null order by position`);
  }

  async find(id: string): Promise<LoggedOperation | undefined> {
    return (await this.ask<LoggedOperation>(`select ${COLUMNS} from operations where id = $1`, [id]))[0];
  }

  /** Nobody else can write to these operations until the answered function is called. */
  async freeze(): Promise<() => Promise<void>> {
    await this.client.query('begin');
    await this.client.query('select id from operations where holder is not null for update');
    return async () => void (await this.client.query('rollback'));
  }

  async ask<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, parameters)).rows as Row[];
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
