import { z } from 'zod';

export const PER_PAGE_DEFAULT = 20;
export const PER_PAGE_MAX = 100;
/** Lists count exactly up to here and refuse pages beyond it. Source: docs/http-api.md#conventions. */
export const TOTAL_CAP = 10_000;

export const pageQuerySchema = z.object({
  page: z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be at least 1').default(1),
  per_page: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(PER_PAGE_MAX, `must be at most ${PER_PAGE_MAX}`)
    .default(PER_PAGE_DEFAULT),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;

export interface Pagination {
  readonly page: number;
  readonly per_page: number;
  readonly total: number;
  readonly has_more: boolean;
}

export interface Listed<T> {
  readonly data: readonly T[];
  readonly pagination: Pagination;
}

export const errorBodySchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
});
