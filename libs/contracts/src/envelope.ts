import { z } from 'zod';
import type { Answer } from './answer';
import { API_ERRORS, type ApiErrorCode } from './errors';

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

export const paginationSchema = z.object({
  page: z.int().min(1),
  per_page: z.int().min(1).max(PER_PAGE_MAX),
  total: z.int().min(0).max(TOTAL_CAP),
  has_more: z.boolean(),
});

/** One record. Source: docs/http-api.md#conventions. */
export interface Envelope<T> {
  readonly data: T;
}

/** `total` is exact up to 10,000 and then says 10000 with `has_more`. Source: docs/http-api.md#conventions. */
export type Pagination = Readonly<z.infer<typeof paginationSchema>>;

export interface Listed<T> {
  readonly data: readonly T[];
  readonly pagination: Pagination;
}

const API_ERROR_CODES = Object.keys(API_ERRORS) as [ApiErrorCode, ...ApiErrorCode[]];

export const errorBodySchema = z.object({
  error: z.object({
    code: z.enum(API_ERROR_CODES),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
});

export type ErrorBody = Answer<typeof errorBodySchema>;

/** The details of `validation_error`: every wrong field at once. Source: docs/http-api.md#errors. */
export const fieldFaultsSchema = z.object({ fields: z.array(z.object({ field: z.string(), message: z.string() })) });
