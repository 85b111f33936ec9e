import { EVENT_TYPES } from '../webhooks/event-types';
import type { Switches } from './switches';

const DAY_S = 86_400;

/** How Smokeball is believed to behave; where nobody knows, the position that is harder on a client. */
export const SWITCH_DEFAULTS: Switches = {
  visibility_ms: { min: 300, max: 2000 },
  visibility_by_resource: {},
  index_lag_ms: { min: 0, max: 2000 },
  latency_ms: { min: 0, max: 0 },
  number_delay_ms: { min: 500, max: 2500 },
  ingest_ms: { min: 300, max: 1500 },
  error_delay_ms: { min: 200, max: 1000 },
  bucket: { rate: 5, burst: 5, enabled: true, fixed_window: false, per_endpoint: false, retry_after_s: null },
  sync_checks: 'shape',
  auto_approve: false,
  auto_approve_email: null,
  access_token_s: 3600,
  client_credentials_token_s: 3600,
  refresh_token_days: 30,
  rotate_refresh_tokens: false,
  code_ttl_s: 300,
  phone_search: 'raw',
  phone_search_fax: false,
  upload_url_ttl_s: 3600,
  download_url_ttl_s: DAY_S / 24,
  webhook_types: EVENT_TYPES,
  webhook_delay_ms: { min: 50, max: 400 },
  webhook_timeout_ms: 10_000,
  webhook_retry_ms: [5_000, 30_000, 120_000],
  webhook_retry_keeps_signature: false,
  webhooks_listed_by: 'client',
  duplicate_p: 0,
  reorder_p: 0,
  drop_p: 0,
  user_id_absent_p: 0.2,
  fan_out: true,
  tag_events: false,
  list_excludes_deleted_matters: false,
  unique_matter_numbers: false,
  omitted_is_lead_means_false: false,
};
