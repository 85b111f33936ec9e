import type { Call } from '../gateway/call';
import { badRequest, Refusal } from '../http/answer';
import { readShape, type Shape, type ShapeError } from '../http/shape';

export type Fields = Readonly<Record<string, unknown>>;

/** The listed members of a JSON object body. Anything else than an object, or a member of the wrong kind: 400. */
export function readFields(body: unknown, shape: Shape): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(badRequest('A JSON object is required.'));
  }
  return readBodyAs<Fields>(body, shape);
}

/** The body in this shape. The caller names the type that the shape describes. */
export function readBodyAs<T>(body: unknown, shape: Shape): T {
  const errors: ShapeError[] = [];
  const value = readShape(shape, body, errors);
  if (errors.length > 0) throw new Refusal(badRequest('One or more validation errors occurred.', errors));
  return value as T;
}

/** 400 with one entry for each missing member. */
export function requireFields(fields: Fields, names: readonly string[]): void {
  const missing = names.filter((name) => {
    const value = fields[name];
    return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  });
  if (missing.length === 0) return;
  const errors = missing.map((field) => ({ field, message: `The ${field} field is required.` }));
  throw new Refusal(badRequest('One or more validation errors occurred.', errors));
}

/** 400 about one member. */
export function refuseField(field: string, message: string): never {
  throw new Refusal(badRequest(message, [{ field, message }]));
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Ticks of an `UpdatedSince` parameter; 400 when it is not a whole number. */
export function ticksParameter(call: Call, name: string): bigint | undefined {
  const value = call.query.one(name);
  if (value === undefined || value === '') return undefined;
  if (!/^\d{1,19}$/.test(value)) refuseField(name, `The value '${value}' is not valid for ${name}.`);
  return BigInt(value);
}
