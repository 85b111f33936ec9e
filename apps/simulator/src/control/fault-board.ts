import type { FaultInput } from '../core';
import type { Table } from '../store/table';

export type StandingFault = FaultInput & { readonly id: string };

/** The faults that stand, in the order they were asked for. Kept over a restart. */
export class FaultBoard {
  constructor(
    private readonly table: Table<StandingFault>,
    private readonly newId: () => string,
  ) {}

  all(): readonly StandingFault[] {
    return [...this.table.values()];
  }

  /** The same id again replaces the fault. */
  add(input: FaultInput): StandingFault {
    const fault = { ...input, id: input.id ?? this.newId() };
    return this.table.put(fault.id, fault);
  }

  has(id: string): boolean {
    return this.table.get(id) !== undefined;
  }

  remove(id?: string): void {
    if (id === undefined) this.table.clear();
    else this.table.delete(id);
  }

  /** The first fault that fits a call; its count goes down by one. */
  take(tenant: string, method: string, template: string): StandingFault | undefined {
    if (this.table.size === 0) return undefined;
    const route = routeKey(`${method} ${template}`);
    for (const fault of this.table.values()) {
      if (fault.tenant !== undefined && fault.tenant !== tenant) continue;
      if (fault.route !== '*' && routeKey(fault.route) !== route) continue;
      if (fault.count !== undefined && fault.count <= 1) this.table.delete(fault.id);
      else if (fault.count !== undefined) this.table.put(fault.id, { ...fault, count: fault.count - 1 });
      return fault;
    }
    return undefined;
  }
}

/** The names inside braces do not matter. */
export function routeKey(route: string): string {
  return route
    .trim()
    .replace(/\{[^}]*\}/g, '{}')
    .toLowerCase();
}
