import type { CommandResult } from './run-command';
import type { Simulator } from './simulator';

export interface ApiProcess {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Matterline as it is delivered, running as processes of their own. */
export interface Product {
  readonly way: 'embedded' | 'external';
  readonly apiUrl: string;
  readonly simulator: Simulator;
  /** The database as its owner sees it. */
  readonly databaseUrl: string;
  /** The environment of the API process. */
  readonly env: Readonly<Record<string, string>>;
  /** One of the operators' commands, with `--json`. */
  cli(args: readonly string[], input?: string): Promise<CommandResult>;
  /** One more API process on the same database, with other settings. */
  startApi(env: Readonly<Record<string, string>>): Promise<ApiProcess>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  /** Settings beside the usual ones. */
  readonly env?: Readonly<Record<string, string>>;
}
