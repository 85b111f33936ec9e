import type { z } from 'zod';
import type { HttpMethod } from './classify';
import type { Query } from './query-string';

/** One operation of the API, described by a resource class. */
export interface SmokeballRequest<T> {
  readonly method: HttpMethod;
  /** Template as in the official description, e.g. `/matters/{matterId}/tags`. */
  readonly route: string;
  readonly path?: Readonly<Record<string, string>>;
  /** Path parameters that must be UUIDs. */
  readonly uuids?: readonly string[];
  readonly query?: Query;
  /** JSON body with the strict schema it must satisfy; a body that does not is never sent. */
  readonly body?: { readonly schema: z.ZodType; readonly value: unknown };
  /** Reads the answer (nulls already absent). */
  readonly answer: z.ZodType<T>;
}
