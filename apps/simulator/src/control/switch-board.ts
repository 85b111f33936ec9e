import type { Table } from '../store/table';
import { SWITCH_DEFAULTS } from './switch-defaults';
import { SWITCH_RULES } from './switch-rules';
import type { Switches } from './switches';

const ROW = 'switches';

/** The switches as they stand: defaults, then what the simulator was started with, then what was patched since. */
export class SwitchBoard {
  private current: Switches;

  constructor(
    private readonly table: Table<Switches>,
    private readonly initial: Readonly<Record<string, unknown>>,
  ) {
    const stored = table.get(ROW);
    // What was stored by an earlier version lacks the switches that came later.
    this.current = stored === undefined ? this.merge(SWITCH_DEFAULTS, initial) : { ...SWITCH_DEFAULTS, ...stored };
  }

  get(): Switches {
    return this.current;
  }

  /** @throws SwitchError for an unknown name or a value of the wrong kind; nothing is changed then. */
  patch(changes: Readonly<Record<string, unknown>>): Switches {
    this.current = this.table.put(ROW, this.merge(this.current, changes));
    return this.current;
  }

  /** Back to what the simulator was started with, and these changes. */
  reset(changes: Readonly<Record<string, unknown>> = {}): void {
    const current = this.merge(this.merge(SWITCH_DEFAULTS, this.initial), changes);
    this.table.delete(ROW);
    this.current = Object.keys(changes).length === 0 ? current : this.table.put(ROW, current);
  }

  private merge(base: Switches, changes: Readonly<Record<string, unknown>>): Switches {
    const merged: Record<string, unknown> = { ...base };
    for (const [name, value] of Object.entries(changes)) {
      const before = merged[name];
      if (before === undefined) throw new SwitchError(`unknown switch: ${name}`);
      const checked = name === 'visibility_by_resource' ? value : fit(name, before, value);
      checkRule(name, checked);
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

function checkRule(name: string, value: unknown): void {
  const rule = SWITCH_RULES[name as keyof Switches];
  if (rule?.fits(value) === false) throw new SwitchError(`${name}: expected ${rule.wanted}`);
}

function isSpan(value: unknown): boolean {
  return isObject(value) && typeof value['min'] === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
