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

/** One process of Matterline with its worker inside, a connected firm, and those who watch. */
export class Scene {
  installation!: Installation;
  watch!: SmokeballWatch;
  log!: OperationLog;
  firm!: Firm;
  api!: Program;

  constructor(private readonly options: SceneOptions) {}

  async open(): Promise<void> {
    const { stores = embeddedStores } = this.options;
    this.installation = await Installation.open(await stores());
    this.watch = new SmokeballWatch(this.installation.simulator.url);
    await this.openLog();
    await this.start();
    this.firm = await this.installation.firm();
  }

  async close(): Promise<void> {
    await this.api?.stop();
    await this.log?.close();
    await this.installation?.stop();
  }

  /** Starts the process, after a kill too. */
  async start(): Promise<void> {
    this.api = await this.installation.api({ EMBEDDED_WORKER: 'on', ...this.options.env });
  }

  async kill(): Promise<void> {
    this.api.signal('SIGKILL');
    await this.api.untilEnded(DYING_MS);
  }

  /** The log's connection ends with the database's. */
  async openLog(): Promise<void> {
    this.log = await OperationLog.open(this.installation.databaseUrl);
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
}

/** A {@link Scene} that is opened before the tests of the file or block, and closed after them. */
export function aScene(options: SceneOptions = {}): Scene {
  const scene = new Scene(options);
  beforeAll(() => scene.open(), OPENING_MS);
  afterAll(() => scene.close(), CLOSING_MS);
  return scene;
}
