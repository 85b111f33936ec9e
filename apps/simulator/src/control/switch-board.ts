import type { Table } from '../store/table';
import { SWITCH_DEFAULTS } from './switch-defaults';
import type { Switches } from './switches';

const ROW = 'switches';

/** The switches as they stand: defaults, then what the simulator was started with, then what was patched since. */
export class SwitchBoard {
  private current: Switches;

  constructor(
    private readonly table: Table<Switches>,
    private readonly initial: Readonly<Record<string, unknown>>,
  ) {
    this.current = this.merge(table.get(ROW) ?? SWITCH_DEFAULTS, table.get(ROW) === undefined ? initial : {});
  }

  get(): Switches {
    return this.current;
  }

  /** @throws SwitchError for an unknown name or a value of the wrong kind; nothing is changed then. */
  patch(changes: Readonly<Record<string, unknown>>): Switches {
    this.current = this.table.put(ROW, this.merge(this.current, changes));
    return this.current;
  }

  reset(): void {
    this.table.delete(ROW);
    this.current = this.merge(SWITCH_DEFAULTS, this.initial);
  }

  private merge(base: Switches, changes: Readonly<Record<string, unknown>>): Switches {
    const merged: Record<string, unknown> = { ...base };
    for (const [name, value] of Object.entries(changes)) {
      const before = merged[name];
      if (before === undefined) throw new SwitchError(`unknown switch: ${name}`);
      const checked = name === 'visibility_by_resource' ? value : fit(name, before, value);
      const keepsMembers = isObject(checked) && isObject(before);
      merged[name] = keepsMembers ? { ...before, ...checked } : checked;
    }
    return merged as unknown as Switches;
  }
}

/** A switch that does not exist, or a value that it cannot take. */
export class SwitchError extends Error {}

function fit(name: string, before: unknown, value: unknown): unknown {
  if (before === null || value === null) return value;
  if (isSpan(before) && typeof value === 'number') return { min: value, max: value };
  const sameKind = typeof before === typeof value && Array.isArray(before) === Array.isArray(value);
  if (!sameKind) throw new SwitchError(`${name}: expected ${Array.isArray(before) ? 'array' : typeof before}`);
  return value;
}

function isSpan(value: unknown): boolean {
  return isObject(value) && typeof value['min'] === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
