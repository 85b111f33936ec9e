import { definedParams } from '../../../shared/api/defined-params';
import { zonedDayStart } from '../../../shared/time/zoned-day-start';

/** The filters of the history as they stand in the address: days are calendar days of the firm, both included. */
export interface HistoryFilters {
  readonly state?: string;
  readonly kind?: string;
  readonly error_code?: string;
  readonly matter_id?: string;
  readonly q?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The same filters as the server takes them; `from` and `to` are instants there. Source: docs/http-api.md#sync. */
export function historyQuery(filters: HistoryFilters, timeZone: string): Record<string, string> {
  const { state, kind, error_code, matter_id, q, from, to } = filters;
  const params = definedParams({
    state,
    kind,
    error_code,
    matter_id,
    q,
    from: zonedDayStart(from, timeZone),
    to: zonedDayStart(to, timeZone, 1),
  });
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
}
