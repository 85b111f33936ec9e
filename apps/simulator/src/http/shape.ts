/** How a request body must look. Members that are not listed are ignored, as Smokeball ignores them. */
export type Shape =
  | 'text'
  | 'flag'
  | 'whole'
  | 'number'
  | 'moment'
  | 'any'
  | 'map'
  | readonly [Shape]
  | { readonly [member: string]: Shape };

/** One thing that is wrong with a body; the form of the entries of `errors` in a problem answer. */
export interface ShapeError {
  readonly field: string;
  readonly message: string;
}

const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** A copy of `value` that holds only the listed members; what does not fit is told in `errors`. Null always fits. */
export function readShape(shape: Shape, value: unknown, errors: ShapeError[], path = ''): unknown {
  if (value === null || value === undefined || shape === 'any') return value;
  if (typeof shape === 'string') return readScalar(shape, value, errors, path);
  if (Array.isArray(shape)) return readList(shape[0] as Shape, value, errors, path);
  if (!isObject(value)) return refuse(errors, path, 'an object');
  const members = shape as { readonly [member: string]: Shape };
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    if (value[name] === undefined) continue;
    copy[name] = readShape(member, value[name], errors, path === '' ? name : `${path}.${name}`);
  }
  return copy;
}

function readList(shape: Shape, value: unknown, errors: ShapeError[], path: string): unknown {
  if (!Array.isArray(value)) return refuse(errors, path, 'an array');
  return value.map((item, index) => readShape(shape, item, errors, `${path}[${index}]`));
}

function readScalar(shape: string, value: unknown, errors: ShapeError[], path: string): unknown {
  if (shape === 'text' && typeof value === 'string') return value;
  if (shape === 'flag' && typeof value === 'boolean') return value;
  if (shape === 'number' && typeof value === 'number') return value;
  if (shape === 'whole' && typeof value === 'number' && Number.isInteger(value)) return value;
  if (shape === 'map' && isObject(value)) return value;
  if (shape === 'moment' && typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value)))
    return value;
  return refuse(errors, path, NAMES[shape] ?? shape);
}

const NAMES: Readonly<Record<string, string>> = {
  text: 'a string',
  flag: 'true or false',
  number: 'a number',
  whole: 'a whole number',
  map: 'an object',
  moment: 'an ISO 8601 date',
};

function refuse(errors: ShapeError[], field: string, wanted: string): undefined {
  errors.push({ field, message: `The value could not be converted; expected ${wanted}.` });
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
