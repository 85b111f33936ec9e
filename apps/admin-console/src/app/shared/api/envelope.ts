/** One record. Source: docs/http-api.md#conventions. */
export interface Envelope<T> {
  readonly data: T;
}

/** `total` is exact up to 10,000 and then says 10000 with `has_more`. Source: docs/http-api.md#conventions. */
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
