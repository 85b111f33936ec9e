import { ControlError } from './control-error';

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** A member of a body of the control plane; 400 unless it is a whole number within the bounds. */
export function wholeNumber(value: unknown, name: string, { least, most }: Bounds): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ControlError(400, `${name} must be a whole number from ${least} to ${most}.`);
}
