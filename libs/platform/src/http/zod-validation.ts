import type { z } from 'zod';
import { ApiError, type FieldFault } from './api-error';

/** A zod issue's path in the contract's writing: `clients[0].email`. */
function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'body';
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

export function faultsOf(error: z.ZodError): FieldFault[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: fieldName([...issue.path, key]), message: 'is not known' }))
      : [{ field: fieldName(issue.path), message: issue.message }],
  );
}

/** @throws ApiError `validation_error`, naming every wrong field at once. */
export function parseOrThrow<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw ApiError.validation(faultsOf(parsed.error));
}
