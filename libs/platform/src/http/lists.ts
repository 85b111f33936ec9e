import { type Listed, type PageQuery, TOTAL_CAP } from '@matterline/contracts';
import { ApiError } from './api-error';

/** @throws ApiError 400 beyond row 10,000, with the advice to narrow the filter. */
export function offsetOf({ page, per_page }: PageQuery): number {
  const offset = (page - 1) * per_page;
  if (offset < TOTAL_CAP) return offset;
  throw new ApiError('page_too_far', 'Lists end at row 10,000. Narrow the filter to see older rows.', {
    max_rows: TOTAL_CAP,
  });
}

/** `rows` may hold one row more than the page, which then says that more follow. `total` counts up to the cap plus one. */
export function listed<T>(rows: readonly T[], total: number, { page, per_page }: PageQuery): Listed<T> {
  return {
    data: rows.slice(0, per_page),
    pagination: { page, per_page, total: Math.min(total, TOTAL_CAP), has_more: total > page * per_page },
  };
}
