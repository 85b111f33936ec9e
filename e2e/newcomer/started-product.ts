import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanEnvironment } from '../support/clean-environment';
import { checkAnswersOf } from '../support/described-answers';
import { Program } from '../support/program';
import { PROJECT_DIR } from '../support/project-dir';
import { waitFor } from '../support/wait-for';

/** A first start may have to build. */
const START_MS = 240_000;

export interface WhereAndWho {
  readonly console: string;
  readonly apiDocs: string;
  readonly simulator: string;
  readonly caseHugDesk: string;
  readonly pbxDesk: string;
  readonly email: string;
  readonly password: string;
}

/** `npm start` as typed in a terminal, and what a person reads there. */
export class StartedProduct {
  private constructor(
    readonly program: Program,
    private readonly dataDir: string,
    readonly seconds: number,
  ) {}

  static async start(settings: { port: number; simulatorPort: number; dataDir: string }): Promise<StartedProduct> {
    const begun = Date.now();
    const program = new Program({
      command: 'npm',
      args: ['start'],
      cwd: PROJECT_DIR,
      env: {
        ...cleanEnvironment(),
        PORT: String(settings.port),
        SIMULATOR_PORT: String(settings.simulatorPort),
        DATA_DIR: settings.dataDir,
      },
      ownGroup: true,
    });
    const started = () => {
      if (!program.isRunning) throw new Error(`npm start ended: ${program.output}`);
      return program.output.includes('Stop with Ctrl-C');
    };
    await waitFor('npm start', started, { limitMs: START_MS }).catch(async (error: unknown) => {
      await program.stop('SIGINT');
      throw error;
    });
    await checkAnswersOf(`http://localhost:${settings.port}`);
    return new StartedProduct(program, settings.dataDir, (Date.now() - begun) / 1000);
  }

  /** The addresses and the login as printed. */
  read(): WhereAndWho {
    const after = (label: string) => {
      const found = new RegExp(`^ +${label} +(\\S+)`, 'm').exec(this.program.output)?.[1];
      if (found === undefined) throw new Error(`"${label}" is not printed: ${this.program.output}`);
      return found;
    };
    return {
      console: after('Console'),
      apiDocs: after('API docs'),
      simulator: after('Simulator'),
      caseHugDesk: after('CaseHug desk'),
      pbxDesk: after('PBX desk'),
      email: after('Sign in as'),
      password: after('Password'),
    };
  }

  /** Every process that this start consists of. */
  pids(): number[] {
    const read = (...parts: string[]) => readFileSync(path.join(this.dataDir, ...parts), 'utf8');
    const run = JSON.parse(read('run.json')) as { pid: number; children: { pid: number }[] };
    const postgres = Number(read('postgres', 'cluster', 'postmaster.pid').split('\n')[0]);
    return [this.program.pid, run.pid, ...run.children.map(({ pid }) => pid), postgres];
  }

  postgresPort(): number {
    return Number(
      readFileSync(path.join(this.dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[3],
    );
  }

  /** Ctrl-C. */
  async interrupt(): Promise<number | null> {
    return await this.program.stop('SIGINT');
  }
}
