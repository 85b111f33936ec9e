import type { Firm } from '../../model/firm';
import type { SmokeballBehind } from '../smokeball-behind';
import { FirmRows } from './firm-rows';

/** The lists of every firm, and for each tenant a number that rises with every change of its records. */
export class TenantRows {
  private readonly rows = new Map<Firm, FirmRows>();
  private readonly changes = new Map<string, number>();
  /** No number of an earlier run comes again, so that an open page sees that it must look. */
  private readonly firstVersion = Date.now();

  constructor(sim: SmokeballBehind) {
    sim.events.on('change', ({ kind, tenant, id }) => {
      if (kind === 'request' || kind === 'delivery' || kind === 'faults' || kind === 'switches') return;
      for (const { name } of sim.tenants()) if (tenant === undefined || tenant === name) this.count(name);
      if (kind === 'reset') this.forget(tenant);
      if (id === undefined) return;
      for (const [firm, rows] of this.rows) {
        if (firm.tenant !== tenant) continue;
        if (kind === 'contact') rows.noteContact(id);
        if (kind === 'matter') rows.noteMatter(id);
      }
    });
  }

  of(firm: Firm): FirmRows {
    const known = this.rows.get(firm) ?? new FirmRows(firm);
    this.rows.set(firm, known);
    return known;
  }

  version(tenant: string): number {
    return this.firstVersion + (this.changes.get(tenant) ?? 0);
  }

  private count(tenant: string): void {
    this.changes.set(tenant, (this.changes.get(tenant) ?? 0) + 1);
  }

  private forget(tenant: string | undefined): void {
    for (const firm of [...this.rows.keys()])
      if (tenant === undefined || firm.tenant === tenant) this.rows.delete(firm);
  }
}
