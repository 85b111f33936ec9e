/** A span from which a seeded random whole number is drawn; milliseconds where the name ends in `_ms`. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

/** Every behaviour that a test or a person may change while the simulator runs. README.md explains each one. */
export interface Switches {
  readonly visibility_ms: Span;
  readonly visibility_by_resource: Readonly<Record<string, Span>>;
  readonly index_lag_ms: Span;
  readonly latency_ms: Span;
  readonly number_delay_ms: Span;
  readonly ingest_ms: Span;
  readonly error_delay_ms: Span;
  readonly bucket: BucketSwitch;
  readonly sync_checks: 'shape' | 'all';
  readonly auto_approve: boolean;
  readonly auto_approve_email: string | null;
  readonly access_token_s: number;
  readonly client_credentials_token_s: number;
  readonly refresh_token_days: number;
  readonly rotate_refresh_tokens: boolean;
  readonly code_ttl_s: number;
  readonly phone_search: 'raw' | 'lenient';
  readonly phone_search_fields: readonly string[];
  readonly phone_search_fax: boolean;
  readonly name_search: 'whole' | 'parts';
  readonly upload_url_ttl_s: number;
  readonly download_url_ttl_s: number;
  readonly webhook_types: readonly string[];
  readonly webhook_delay_ms: Span;
  readonly webhook_timeout_ms: number;
  readonly webhook_retry_ms: readonly number[];
  readonly webhook_retry_keeps_signature: boolean;
  readonly webhooks_listed_by: 'client' | 'account' | 'user';
  readonly duplicate_p: number;
  readonly reorder_p: number;
  readonly drop_p: number;
  readonly user_id_absent_p: number;
  readonly fan_out: boolean;
  readonly fan_out_shares_request_id: boolean;
  readonly files_updated_payload: 'cursor' | 'bare' | 'file';
  readonly tag_events: boolean;
  readonly list_excludes_deleted_matters: boolean;
  readonly unique_matter_numbers: boolean;
  readonly omitted_is_lead_means_false: boolean;
  readonly lead_takes_matter_type: boolean;
  readonly patch_null: 'clears' | 'ignored' | 'refused';
  readonly reference_checks: 'accepted' | 'applied';
  readonly duplicate_file_names: 'allowed' | 'refused' | 'numbered';
  readonly tag_colors: readonly string[];
  /** Where the clock stands until it is moved; null: it runs with the machine's. */
  readonly frozen_at: string | null;
  /** Numbers of behaviours (`behaviours.ts`) that are turned off. */
  readonly off: readonly number[];
  /** Hold every call against the official description, where its file is at hand. */
  readonly validate: boolean;
}

export interface BucketSwitch {
  /** Requests per second. */
  readonly rate: number;
  readonly burst: number;
  readonly enabled: boolean;
  /** `burst` requests per whole second of the wall clock instead of a continuous refill. */
  readonly fixed_window: boolean;
  readonly per_endpoint: boolean;
  /** Seconds to send as Retry-After with a 429; null sends none. */
  readonly retry_after_s: number | null;
}
