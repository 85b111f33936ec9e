import { EventEmitter } from 'node:events';
import { join, resolve } from 'node:path';
import { AccessTokens } from './auth/access-tokens';
import { Authority } from './authority/authority';
import { userActions } from './control/as-user';
import type { AsUserActions } from './control/as-user-actions';
import { FaultBoard, type StandingFault } from './control/fault-board';
import { BEHAVIOURS, type Behaviour } from './control/behaviours';
import { Recorder } from './control/recorder';
import { SwitchBoard } from './control/switch-board';
import type { Switches } from './control/switches';
import { tenantState } from './control/read-state';
import type { TenantState } from './control/tenant-state';
import type { FaultInput, Json, SettingsStore, SimulatorChange, SimulatorCore, TenantInfo } from './core';
import { registerCommits } from './resources/register-commits';
import { UploadSlots } from './files/upload-slots';
import { TokenBucket } from './gateway/token-bucket';
import { MatterTypeCatalogue } from './model/matter-type-catalogue';
import { TENANTS } from './model/region';
import { Tenant } from './model/tenant';
import { seedTenant } from './seed/seed-tenant';
import { Blobs } from './store/blobs';
import { Clock } from './store/clock';
import { Database } from './store/database';
import { Random } from './store/random';
import { Scheduler } from './store/scheduler';
import type { Table } from './store/table';
import { Writes } from './store/writes';
import { Dispatcher } from './webhooks/dispatcher';

const OVERLAY = 'config/smokeball-overlay.json';
const NONE: ReadonlySet<string> = new Set();
const CONNECTION_JOBS: ReadonlySet<string> = new Set(['refresh-expiry']);
const CONNECTION_TABLES: ReadonlySet<string> = new Set(['grants', 'codes', 'subscriptions']);

export interface WorldOptions {
  readonly dataFolder?: string;
  readonly seed: number;
  readonly switches: Readonly<Record<string, unknown>>;
  /** The official OpenAPI file; without it no call is checked. */
  readonly openapiPath?: string;
}

/** Switches and a seed are for a reset of everything, not of one tenant. */
export interface ResetOptions {
  readonly tenant?: string;
  readonly keepConnections?: boolean;
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly seed?: number;
}

/** The whole simulated world: six Smokeballs, one clock, one set of switches. The HTTP parts only read and call it. */
export class World implements SimulatorCore {
  readonly clock = new Clock();
  readonly events = new EventEmitter<{ change: [SimulatorChange] }>();
  readonly database: Database;
  readonly blobs: Blobs;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly switchBoard: SwitchBoard;
  readonly faultBoard: FaultBoard;
  readonly recorder = new Recorder();
  readonly authority: Authority;
  readonly bucket = new TokenBucket(() => this.clock.elapsedMs());
  readonly accessTokens: AccessTokens;
  readonly writes: Writes;
  readonly dispatcher: Dispatcher;
  readonly uploads: UploadSlots;
  readonly asUser: AsUserActions;
  readonly settings: SettingsStore;
  publicUrl = 'http://localhost';
  host = '127.0.0.1';
  private readonly meta: Table<number>;
  private readonly tenantsByName = new Map<string, Tenant>();
  private open = true;
  private dataSeed: number;

  constructor(options: WorldOptions) {
    const folder = options.dataFolder;
    this.database = new Database(folder);
    this.blobs = new Blobs(folder === undefined ? undefined : join(folder));
    this.meta = this.database.table<number>('meta');
    const starts = (this.meta.get('starts') ?? 0) + 1;
    this.meta.put('starts', starts);
    this.dataSeed = options.seed;
    // A second start must not draw the same ids again.
    this.random = new Random(options.seed + (starts - 1) * 7919);
    this.scheduler = new Scheduler(this.clock, this.database);
    this.switchBoard = new SwitchBoard(this.database.table('switches'), options.switches);
    this.freezeClock();
    this.clock.setOffset(this.meta.get('clock-offset') ?? 0);
    const files = { openapiPath: options.openapiPath, overlayPath: resolve(process.cwd(), OVERLAY) };
    this.authority = new Authority(files, () => this.switches().validate);
    this.faultBoard = new FaultBoard(this.database.table('faults'), () => this.random.uuid());
    this.settings = settingsIn(this.database);
    this.accessTokens = new AccessTokens(this);
    this.writes = new Writes(this);
    this.uploads = new UploadSlots(this);
    for (const info of TENANTS) this.tenantsByName.set(info.name, this.newTenant(info.name));
    this.dispatcher = new Dispatcher(this);
    this.asUser = userActions(this);
    registerCommits(this);
    for (const tenant of this.tenantsByName.values()) if (tenant.firms.size === 0) seedTenant(this, tenant);
    this.database.flush();
  }

  /** @throws for a name that is not one of the six; HTTP code asks `findTenant`. */
  tenant(name: string): Tenant {
    const tenant = this.tenantsByName.get(name);
    if (tenant === undefined) throw new Error(`no such tenant: ${name}`);
    return tenant;
  }

  findTenant(name: string): Tenant | undefined {
    return this.tenantsByName.get(name);
  }

  allTenants(): readonly Tenant[] {
    return [...this.tenantsByName.values()];
  }

  tenants(): readonly TenantInfo[] {
    return [...this.tenantsByName.values()].map((tenant) => tenant.info);
  }

  catalogue(tenant: string): MatterTypeCatalogue {
    return MatterTypeCatalogue.of(this.tenant(tenant).info.region);
  }

  state(tenant: string): TenantState | undefined {
    const found = this.tenantsByName.get(tenant);
    return found === undefined ? undefined : tenantState(this, found);
  }

  switches(): Switches {
    return this.switchBoard.get();
  }

  /** Is this behaviour turned off by the switch `off`? */
  isOff(behaviour: Behaviour): boolean {
    return this.switches().off.includes(BEHAVIOURS[behaviour]);
  }

  setSwitches(patch: Readonly<Record<string, unknown>>): Switches {
    const switches = this.switchBoard.patch(patch);
    if ('frozen_at' in patch) {
      this.freezeClock();
      this.rememberClock();
      this.scheduler.runDue();
    }
    if ('bucket' in patch || 'frozen_at' in patch) this.bucket.reset();
    this.noteChange({ kind: 'switches' });
    this.database.flush();
    return switches;
  }

  faults(): readonly StandingFault[] {
    return this.faultBoard.all();
  }

  addFault(fault: FaultInput): StandingFault {
    const standing = this.faultBoard.add(fault);
    this.noteChange({ kind: 'faults' });
    this.database.flush();
    return standing;
  }

  removeFaults(id?: string): void {
    this.faultBoard.remove(id);
    this.noteChange({ kind: 'faults' });
    this.database.flush();
  }

  /**
   * Moves the clock; jobs run at their own moments on the way, and the answer to each delivery is awaited, so that its
   * retries are due in their turn too. Answers how many jobs ran.
   */
  async moveClock(ms: number): Promise<number> {
    const targetMs = this.clock.now() + Math.round(ms);
    const targetOffsetMs = this.clock.offset() + Math.round(ms);
    let ran = 0;
    await this.dispatcher.settled();
    while (this.scheduler.runNext(targetMs)) {
      ran += 1;
      await this.dispatcher.settled();
    }
    // Not to the moment that was aimed at: what has passed meanwhile counts too.
    this.clock.setOffset(Math.max(this.clock.offset(), targetOffsetMs));
    this.rememberClock();
    return ran;
  }

  private freezeClock(): void {
    const at = this.switches().frozen_at;
    this.clock.freeze(at === null ? null : Date.parse(at));
  }

  private rememberClock(): void {
    this.meta.put('clock-offset', this.clock.offset());
    this.noteChange({ kind: 'clock' });
    this.database.flush();
  }

  /**
   * Back to the seed data. One tenant's only, or everything: then switches, faults, clock and records too. The seed
   * gives the same ids again, so with `keepConnections` consents and subscriptions stay good. Later ids are new ones
   * unless a seed is given: then all that follows is as in a process that was started with it.
   */
  reset(options: ResetOptions = {}): void {
    const { tenant: tenantName, keepConnections = false, switches = {}, seed } = options;
    // Switches that cannot be are refused before anything is gone.
    if (tenantName === undefined) this.switchBoard.reset(switches);
    const keepJobs = keepConnections ? CONNECTION_JOBS : NONE;
    const keepTables = keepConnections ? CONNECTION_TABLES : NONE;
    this.scheduler.clear(tenantName, keepJobs);
    this.database.clear(tenantName === undefined ? 't/' : `t/${tenantName}/`, keepTables);
    if (tenantName === undefined) this.resetSurroundings(seed);
    this.writes.reset();
    for (const tenant of this.tenantsByName.values()) if (tenant.firms.size === 0) seedTenant(this, tenant);
    this.noteChange({ kind: 'reset', tenant: tenantName });
    this.database.flush();
  }

  private resetSurroundings(seed: number | undefined): void {
    this.faultBoard.remove();
    this.recorder.clear();
    this.dispatcher.reset();
    this.bucket.reset();
    this.blobs.clear();
    this.clock.reset();
    this.freezeClock();
    this.meta.put('clock-offset', 0);
    if (seed === undefined) return;
    this.dataSeed = seed;
    this.random.restart(seed);
  }

  noteChange(change: SimulatorChange): void {
    this.events.emit('change', change);
  }

  isOpen(): boolean {
    return this.open;
  }

  seed(): number {
    return this.dataSeed;
  }

  close(): void {
    this.open = false;
    this.scheduler.stop();
    this.database.close();
  }

  private newTenant(name: string): Tenant {
    const found = TENANTS.find((tenant) => tenant.name === name);
    if (found === undefined) throw new Error(`no such tenant: ${name}`);
    const publicUrl = (): string => `${this.publicUrl}/${name}`;
    const info: TenantInfo = {
      ...found,
      get authUrl() {
        return `${publicUrl()}/auth`;
      },
      get apiUrl() {
        return `${publicUrl()}/api`;
      },
      get appUrl() {
        return `${publicUrl()}/app`;
      },
    };
    return new Tenant(info, this.database, (firm, resource) => (id) => this.writes.lag(firm, resource, id));
  }
}

function settingsIn(database: Database): SettingsStore {
  const table = database.table<Json>('settings');
  return {
    get: (name) => table.get(name),
    put: (name, value) => {
      table.put(name, value);
      database.flush();
    },
  };
}
