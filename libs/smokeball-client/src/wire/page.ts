import { z } from 'zod';
import { whole } from './scalars';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Total that Smokeball claims. Informative: page on with `nextOffset`. */
  readonly size: number;
  /** Where the next page begins, or null after the last. Computed by us: Smokeball's paging links have lost filters before. */
  readonly nextOffset: number | null;
}

export interface PageRequest {
  /** From 0. */
  readonly offset?: number;
  /** 1 to 500; Smokeball's default and ours is 500. */
  readonly limit?: number;
}

export const MAX_PAGE_SIZE = 500;

/** Reads the paging envelope `{value, size, offset, limit, …}`. docs/smokeball-api.md#searching */
export function pageSchema<T extends z.ZodType>(item: T, asked: PageRequest) {
  return z
    .object({ value: z.array(item).default([]), size: whole, offset: whole, limit: whole })
    .transform((envelope): Page<z.output<T>> => {
      const items = envelope.value;
      const limit = Math.min(asked.limit ?? MAX_PAGE_SIZE, envelope.limit ?? MAX_PAGE_SIZE);
      const next = (asked.offset ?? 0) + items.length;
      const isLast = items.length === 0 || items.length < limit;
      return { items, size: envelope.size ?? next, nextOffset: isLast ? null : next };
    });
}

/** Reads `{value: […]}`, or a bare array, as a plain array. */
export function collectionSchema<T extends z.ZodType>(item: T) {
  return z.union([z.array(item), z.object({ value: z.array(item).default([]) }).transform(({ value }) => value)]);
}
