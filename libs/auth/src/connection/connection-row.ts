import type { HookState } from '@matterline/contracts';
import type { FirmScope } from '@matterline/platform';

export interface ConnectionRow {
  readonly state: 'connected' | 'needs_reauth' | 'disconnected';
  readonly account_id: string | null;
  readonly firm_name: string | null;
  readonly access_token_enc: Buffer | null;
  readonly refresh_token_enc: Buffer | null;
  readonly access_expires_at: Date | null;
  readonly refresh_expires_at: Date | null;
  readonly connected_at: Date | null;
  readonly hook_id: string;
  readonly hook_key_enc: Buffer | null;
  readonly subscription_id: string | null;
  readonly hook_state: HookState;
  readonly hook_checked_at: Date | null;
  readonly last_event_at: Date | null;
  readonly scopes: readonly string[];
  readonly token_issued_at: Date | null;
  /** When the registration was last seen to stand. */
  readonly hook_good_at: Date | null;
  /** From when on changes may have been missed and are not read back yet; null while nothing is open. */
  readonly hook_missing_since: Date | null;
  /** The event types of the registration as last seen. */
  readonly hook_types: readonly string[];
  /** The last threshold of days that was told of this sign-in's end. */
  readonly expiry_told: number | null;
  readonly test_id: string | null;
  readonly test_sent_at: Date | null;
}

const COLUMNS = `state, account_id, firm_name, access_token_enc, refresh_token_enc, access_expires_at, refresh_expires_at,
  connected_at, hook_id, hook_key_enc, subscription_id, hook_state, hook_checked_at, last_event_at, scopes, token_issued_at,
  hook_good_at, hook_missing_since, hook_types, expiry_told, test_id, test_sent_at`;

export async function readConnection(scope: FirmScope): Promise<ConnectionRow | null> {
  return await scope.one<ConnectionRow>(`select ${COLUMNS} from connections where firm_id = $1`, [scope.firmId]);
}

/** Holds the row until the commit: one process at a time refreshes, connects or disconnects. */
export async function lockConnection(scope: FirmScope): Promise<ConnectionRow | null> {
  return await scope.one<ConnectionRow>(`select ${COLUMNS} from connections where firm_id = $1 for update`, [
    scope.firmId,
  ]);
}

export const connectionPlace = (firmId: string, column: string) => ({
  firmId,
  field: `connections.${column}`,
  rowId: firmId,
});
