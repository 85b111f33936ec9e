import type { SimulatorCore } from '../../core';

type TenantState = NonNullable<ReturnType<SimulatorCore['state']>>;

/**
 * The tenants' states for the pages, computed once per change: a page that looks every second must not make
 * the simulator copy a large firm each time.
 */
export class TenantViews {
  private readonly states = new Map<string, TenantState>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly sim: SimulatorCore) {
    sim.events.on('change', ({ kind, tenant }) => {
      if (kind === 'request' || kind === 'delivery' || kind === 'faults' || kind === 'switches') return;
      if (tenant === undefined) this.forgetAll();
      else this.forget(tenant);
    });
  }

  state(tenant: string): TenantState | undefined {
    const known = this.states.get(tenant) ?? this.sim.state(tenant);
    if (known !== undefined) this.states.set(tenant, known);
    return known;
  }

  /** Rises with every change of the tenant's records, so that a page knows when to look again. */
  version(tenant: string): number {
    return this.counts.get(tenant) ?? 0;
  }

  private forget(tenant: string): void {
    this.states.delete(tenant);
    this.counts.set(tenant, this.version(tenant) + 1);
  }

  private forgetAll(): void {
    for (const { name } of this.sim.tenants()) this.forget(name);
  }
}
