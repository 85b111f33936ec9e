import type { Table } from '../store/table';
import { SWITCH_DEFAULTS } from './switch-defaults';
import { BUCKET_RULES, isObject, SWITCH_RULES, type Rule } from './switch-rules';
import type { BucketSwitch, Switches } from './switches';

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
      if (!isSwitch(name)) throw new SwitchError(`unknown switch: ${name}`);
      merged[name] = name === 'bucket' ? bucketWith(base.bucket, value) : changed(name, base[name], value);
    }
    return merged as unknown as Switches;
  }
}

/** A switch that does not exist, or a value that it cannot take. */
export class SwitchError extends Error {}

function isSwitch(name: string): name is keyof Switches {
  return Object.hasOwn(SWITCH_DEFAULTS, name);
}

function bucketWith(before: BucketSwitch, value: unknown): BucketSwitch {
  if (!isObject(value)) throw new SwitchError(`bucket: expected an object with ${Object.keys(before).join(', ')}`);
  for (const [name, member] of Object.entries(value)) {
    if (!isBucketMember(name)) throw new SwitchError(`bucket: unknown member: ${name}`);
    check(`bucket.${name}`, BUCKET_RULES[name], member);
  }
  return { ...before, ...value };
}

function isBucketMember(name: string): name is keyof BucketSwitch {
  return Object.hasOwn(BUCKET_RULES, name);
}

/** A number is a span of no length; what an object leaves out stays as it was. */
function changed(name: Exclude<keyof Switches, 'bucket'>, before: unknown, value: unknown): unknown {
  const spread = isSpan(before) && typeof value === 'number' ? { min: value, max: value } : value;
  const now = isObject(before) && isObject(spread) ? { ...before, ...spread } : spread;
  check(name, SWITCH_RULES[name], now);
  return now;
}

function check(name: string, { wanted, fits }: Rule, value: unknown): void {
  if (!fits(value)) throw new SwitchError(`${name}: expected ${wanted}`);
}

function isSpan(value: unknown): boolean {
  return isObject(value) && typeof value['min'] === 'number';
}
