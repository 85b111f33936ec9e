import type { Firm } from '../model/firm';
import type { Origin } from '../webhooks/event';
import type { World } from '../world';

/** A change that has been accepted and is applied later. `input` is plain JSON. */
export interface Commit {
  readonly tenant: string;
  readonly accountId: string;
  /** Which handler applies it, for example `contacts.put`. */
  readonly operation: string;
  readonly id: string;
  readonly input: unknown;
  readonly origin: Origin;
}

type CommitHandler = (firm: Firm, commit: Commit, world: World) => void;

/** Accepted changes on their way to becoming visible, and failures on their way to becoming `error` events. */
export class Writes {
  private readonly handlers = new Map<string, CommitHandler>();
  private readonly lastDueMs = new Map<string, number>();

  constructor(private readonly world: World) {
    world.scheduler.handle('commit', (data) => this.apply(data as Commit));
    world.scheduler.handle('index', (data) => this.index(data as { accountId: string; resource: string; id: string }));
    world.scheduler.handle('error', (data) => this.raiseError(data as Commit));
    this.reset();
  }

  handle(operation: string, handler: CommitHandler): void {
    this.handlers.set(operation, handler);
  }

  /** Applied after the switch's delay; changes of one record stay in their order. */
  later(commit: Commit): void {
    const waitMs = this.visibilityMs(commit);
    const dueMs = Math.max(this.world.clock.now() + waitMs, this.lastDueMs.get(commit.id) ?? 0);
    if (waitMs === 0 && dueMs <= this.world.clock.now()) return this.apply(commit);
    this.lastDueMs.set(commit.id, dueMs);
    this.world.scheduler.addAt(commit.tenant, 'commit', dueMs, commit);
  }

  private visibilityMs(commit: Commit): number {
    const { world } = this;
    const resource = resourceOf(commit);
    const isChange = world.tenant(commit.tenant).firms.get(commit.accountId)?.has(resource, commit.id) === true;
    if (world.isOff(isChange ? 'lateChange' : 'lateCreation')) return 0;
    const switches = world.switches();
    return world.random.within(switches.visibility_by_resource[resource] ?? switches.visibility_ms);
  }

  apply(commit: Commit): void {
    if ((this.lastDueMs.get(commit.id) ?? 0) <= this.world.clock.now()) this.lastDueMs.delete(commit.id);
    const firm = this.world.tenant(commit.tenant).firms.get(commit.accountId);
    if (firm !== undefined) this.handlers.get(commit.operation)?.(firm, commit, this.world);
  }

  /** The change is thrown away, and only an `error` event tells of it. */
  fail(firm: Firm, resourceName: string, resourceId: string, message: string, origin: Origin): void {
    const waitMs = this.world.random.within(this.world.switches().error_delay_ms);
    const input = { message, resourceName, resourceId };
    const { tenant, accountId } = firm;
    this.world.scheduler.add(tenant, 'error', waitMs, {
      tenant,
      accountId,
      operation: 'error',
      id: resourceId,
      input,
      origin,
    });
  }

  /** How many milliseconds lists lag for one change; schedules the catching-up when it is not 0. */
  lag(firm: Firm, resource: string, id: string): number {
    if (this.world.isOff('lateCreation')) return 0;
    const lagMs = this.world.random.within(this.world.switches().index_lag_ms);
    if (lagMs > 0) {
      const data = { tenant: firm.tenant, accountId: firm.accountId, resource, id };
      this.world.scheduler.add(firm.tenant, 'index', lagMs, data);
    }
    return lagMs;
  }

  /** A change of this record has been accepted and not yet applied. */
  isPending(id: string): boolean {
    return this.lastDueMs.has(id);
  }

  /** After a start or a reset: the order of what waits is known from the stored jobs alone. */
  reset(): void {
    this.lastDueMs.clear();
    for (const job of this.world.scheduler.waiting('commit')) {
      const { id } = job.data as Commit;
      this.lastDueMs.set(id, Math.max(job.dueMs, this.lastDueMs.get(id) ?? 0));
    }
  }

  private index(data: { tenant?: string; accountId: string; resource: string; id: string }): void {
    this.world
      .tenant(data.tenant ?? '')
      .firms.get(data.accountId)
      ?.refresh(data.resource, data.id);
  }

  private raiseError(commit: Commit): void {
    const firm = this.world.tenant(commit.tenant).firms.get(commit.accountId);
    if (firm !== undefined)
      this.world.dispatcher.raise(firm, { type: 'error', payload: commit.input, origin: commit.origin });
  }
}

/** `contacts.put` is of contacts; what is a body and a few stamps names its resource in the input. */
function resourceOf({ operation, input }: Commit): string {
  if (operation === 'plain.write') return (input as { readonly resource: string }).resource;
  return operation.split('.')[0] ?? '';
}
