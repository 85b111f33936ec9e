export type ConnectionState = 'not_configured' | 'disconnected' | 'connected' | 'needs_reauth' | 'degraded';
export type HookState = 'active' | 'missing' | 'pending' | 'disabled';

export interface ConnectionSettings {
  readonly auto_sync_on_approval: boolean;
  readonly auto_sync_on_matter_created: boolean;
  readonly auto_sync_updates: boolean;
  readonly send_number: boolean;
  readonly lead: boolean;
  readonly close_on_archive: boolean;
}

export type SettingKey = keyof ConnectionSettings;

/** A firm's standing with Smokeball. Source: docs/http-api.md#connection. */
export interface Connection {
  readonly connected: boolean;
  readonly state: ConnectionState;
  readonly region: 'us' | 'au' | 'uk';
  readonly environment: 'production' | 'staging';
  readonly firm_name: string | null;
  readonly settings: ConnectionSettings;
  readonly last_sync: string | null;
  readonly refresh_expires_at: string | null;
  readonly webhooks: { readonly state: HookState };
}
