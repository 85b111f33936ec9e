import { EVENT_TYPES } from '../webhooks/event-types';
import { BEHAVIOUR_COUNT } from './behaviours';
import type { BucketSwitch, Span, Switches } from './switches';

export interface Rule {
  /** Ends the sentence "expected …". */
  readonly wanted: string;
  readonly fits: (value: unknown) => boolean;
}

/** A wait that a timer of the process must hold. */
const MOST_WAIT_MS = 600_000;
const YEAR_MS = 365 * 86_400_000;
const HUNDRED_YEARS_S = 100 * 365 * 86_400;
const MOST_REQUESTS = 1_000_000;
const EVENT_TYPE = /^[a-z]+\.[a-z]+$/i;
/** What `resources/register-commits.ts` writes late. */
const LATE_RESOURCES: readonly string[] = [
  ...['contacts', 'matters', 'files', 'folders', 'staff', 'users', 'firm'],
  ...['memos', 'tasks', 'subtasks', 'taskdocuments', 'fees', 'activitycodes'],
];

const FLAG: Rule = { wanted: 'true or false', fits: (value) => typeof value === 'boolean' };

const PROBABILITY = between(0, 1);

const oneOf = (...words: string[]): Rule => ({
  wanted: `one of ${words.join(', ')}`,
  fits: (value) => typeof value === 'string' && words.includes(value),
});

/** What a switch can be. Members of `bucket` have rules of their own. */
export const SWITCH_RULES: Readonly<Record<Exclude<keyof Switches, 'bucket'>, Rule>> = {
  visibility_ms: span(YEAR_MS),
  visibility_by_resource: {
    wanted: `spans such as {"min": 0, "max": 0} for some of ${LATE_RESOURCES.join(', ')}`,
    fits: (value) =>
      isObject(value) &&
      Object.entries(value).every(([name, one]) => LATE_RESOURCES.includes(name) && isSpan(one, YEAR_MS)),
  },
  index_lag_ms: span(YEAR_MS),
  latency_ms: span(MOST_WAIT_MS),
  number_delay_ms: span(YEAR_MS),
  ingest_ms: span(YEAR_MS),
  error_delay_ms: span(YEAR_MS),
  sync_checks: oneOf('shape', 'all'),
  auto_approve: FLAG,
  auto_approve_email: orNull({ wanted: 'a text', fits: isText }),
  access_token_s: whole(0, HUNDRED_YEARS_S),
  client_credentials_token_s: whole(0, HUNDRED_YEARS_S),
  refresh_token_days: between(0, 36_500),
  rotate_refresh_tokens: FLAG,
  code_ttl_s: whole(0, HUNDRED_YEARS_S),
  phone_search: oneOf('raw', 'lenient'),
  phone_search_fields: listOf('some of phone, phone2, cell', oneOf('phone', 'phone2', 'cell').fits),
  phone_search_fax: FLAG,
  name_search: oneOf('whole', 'parts'),
  upload_url_ttl_s: whole(0, HUNDRED_YEARS_S),
  download_url_ttl_s: whole(0, HUNDRED_YEARS_S),
  // A type that Smokeball may have tomorrow is welcome, a word that can be none is not.
  webhook_types: listOf(
    'event types such as contact.created',
    (one) => isText(one) && (EVENT_TYPES.includes(one) || EVENT_TYPE.test(one)),
  ),
  webhook_delay_ms: span(YEAR_MS),
  webhook_timeout_ms: whole(1, MOST_WAIT_MS),
  webhook_retry_ms: listOf(`whole numbers from 0 to ${YEAR_MS}`, whole(0, YEAR_MS).fits),
  webhook_retry_keeps_signature: FLAG,
  webhooks_listed_by: oneOf('client', 'account', 'user'),
  duplicate_p: PROBABILITY,
  reorder_p: PROBABILITY,
  drop_p: PROBABILITY,
  user_id_absent_p: PROBABILITY,
  fan_out: FLAG,
  fan_out_shares_request_id: FLAG,
  files_updated_payload: oneOf('cursor', 'bare', 'file'),
  tag_events: FLAG,
  list_excludes_deleted_matters: FLAG,
  unique_matter_numbers: FLAG,
  omitted_is_lead_means_false: FLAG,
  lead_takes_matter_type: FLAG,
  patch_null: oneOf('clears', 'ignored', 'refused'),
  reference_checks: oneOf('accepted', 'applied'),
  duplicate_file_names: oneOf('allowed', 'refused', 'numbered'),
  tag_colors: listOf('names of colors', isText),
  validate: FLAG,
  frozen_at: orNull({ wanted: 'a moment such as 2026-11-02T09:00:00Z before the year 2200', fits: isMoment }),
  off: listOf(`numbers from 1 to ${BEHAVIOUR_COUNT}`, whole(1, BEHAVIOUR_COUNT).fits),
};

export const BUCKET_RULES: Readonly<Record<keyof BucketSwitch, Rule>> = {
  rate: between(0, MOST_REQUESTS),
  burst: whole(0, MOST_REQUESTS),
  enabled: FLAG,
  fixed_window: FLAG,
  per_endpoint: FLAG,
  retry_after_s: orNull(whole(0, HUNDRED_YEARS_S)),
};

function between(least: number, most: number): Rule {
  return {
    wanted: `a number from ${least} to ${most}`,
    fits: (value) => typeof value === 'number' && value >= least && value <= most,
  };
}

function whole(least: number, most: number): Rule {
  const { fits } = between(least, most);
  return {
    wanted: `a whole number from ${least} to ${most}`,
    fits: (value) => Number.isInteger(value) && fits(value),
  };
}

function span(most: number): Rule {
  return {
    wanted: `a whole number, or {"min", "max"} with min not above max, from 0 to ${most}`,
    fits: (value) => isSpan(value, most),
  };
}

function listOf(wanted: string, fits: (one: unknown) => boolean): Rule {
  return { wanted: `a list of ${wanted}`, fits: (value) => Array.isArray(value) && value.every(fits) };
}

function orNull({ wanted, fits }: Rule): Rule {
  return { wanted: `${wanted}, or null`, fits: (value) => value === null || fits(value) };
}

function isSpan(value: unknown, most: number): value is Span {
  if (!isObject(value) || Object.keys(value).length !== 2) return false;
  const { min, max } = value;
  const { fits } = whole(0, most);
  return fits(min) && fits(max) && Number(min) <= Number(max);
}

function isMoment(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const atMs = Date.parse(value);
  return atMs >= 0 && atMs < Date.UTC(2200, 0, 1);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
