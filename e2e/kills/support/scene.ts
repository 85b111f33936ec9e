import type { Firm } from '../../support/firm';
import type { Program } from '../../support/program';
import { Installation } from './installation';
import { type Intake, sendIntake } from './intake';
import { OperationLog } from './operation-log';
import { SmokeballWatch } from './smokeball-watch';
import { embeddedStores, type Stores } from './stores';
import { EXACTLY_ONCE, tallyOf } from './tally';
import { untilThrough } from './through';

const OPENING_MS = 180_000;
const CLOSING_MS = 60_000;
const DYING_MS = 5_000;

interface SceneOptions {
  /** Where it keeps what it knows; the embedded PostgreSQL when not told. */
  readonly stores?: () => Promise<Stores>;
  /** For the process of Matterline alone. */
  readonly env?: Readonly<Record<string, string>>;
}

interface Opened {
  readonly installation: Installation;
  readonly watch: SmokeballWatch;
  log: OperationLog;
  api: Program;
  firm: Firm | null;
}

/** One process of Matterline with its worker inside, a connected firm, and those who watch. */
export class Scene {
  private opened: Opened | null = null;

  constructor(private readonly options: SceneOptions) {}

  get installation(): Installation {
    return this.there.installation;
  }
  get watch(): SmokeballWatch {
    return this.there.watch;
  }
  get log(): OperationLog {
    return this.there.log;
  }
  get api(): Program {
    return this.there.api;
  }
  get firm(): Firm {
    if (this.there.firm === null) throw new Error('the firm is not made yet');
    return this.there.firm;
  }

  async open(): Promise<void> {
    const { stores = embeddedStores } = this.options;
    const installation = await Installation.open(await stores());
    this.opened = {
      installation,
      watch: new SmokeballWatch(installation.simulator.url),
      log: await OperationLog.open(installation.databaseUrl),
      api: await this.started(installation),
      firm: null,
    };
    this.opened.firm = await installation.firm();
  }

  async close(): Promise<void> {
    await this.opened?.api.stop();
    await this.opened?.log.close();
    await this.opened?.installation.stop();
  }

  /** Starts the process again. */
  async start(): Promise<void> {
    this.there.api = await this.started(this.installation);
  }

  async kill(): Promise<void> {
    this.api.signal('SIGKILL');
    await this.api.untilEnded(DYING_MS);
  }

  /** The log's connection ends with the database's. */
  async openLog(): Promise<void> {
    this.there.log = await OperationLog.open(this.installation.databaseUrl);
  }

  /** As CaseHug sends them, all at once, each again until it is taken. */
  async send(intakes: readonly Intake[], limitMs?: number): Promise<void> {
    await Promise.all(intakes.map((intake) => sendIntake(this.firm, intake, [this.installation.apiUrl], limitMs)));
  }

  async untilThrough(intakes: readonly Intake[], limitMs: number): Promise<void> {
    await untilThrough(this.log, intakes, limitMs);
  }

  /** One contact, matter, file and version of each in Smokeball, and every operation at its end. */
  async expectOnce(intakes: readonly Intake[]): Promise<void> {
    for (const intake of intakes) expect(await tallyOf(this.installation, intake)).toEqual(EXACTLY_ONCE);
    expect((await this.log.statesOf(intakes)).filter(([state]) => state !== 'succeeded')).toEqual([]);
  }

  private async started(installation: Installation): Promise<Program> {
    return await installation.api({ EMBEDDED_WORKER: 'on', ...this.options.env });
  }

  private get there(): Opened {
    if (this.opened === null) throw new Error('the scene is not open yet');
    return this.opened;
  }
}

/** A {@link Scene} that is opened before the tests of the file or block, and closed after them. */
export function aScene(options: SceneOptions = {}): Scene {
  const scene = new Scene(options);
  beforeAll(() => scene.open(), OPENING_MS);
  afterAll(() => scene.close(), CLOSING_MS);
  return scene;
}
