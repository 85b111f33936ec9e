import type { FirmScope } from '@matterline/platform';

export interface PairingRow {
  readonly extension: string;
  readonly state: 'paired' | 'expired' | 'revoked';
  readonly account_id: string | null;
  readonly email_enc: Buffer | null;
  readonly access_token_enc: Buffer | null;
  readonly refresh_token_enc: Buffer | null;
  readonly access_expires_at: Date | null;
  readonly expires_at: Date | null;
  readonly paired_at: Date | null;
}

/** Names one pairing: an extension of a firm's tenant. */
export interface PairingKey {
  readonly firmId: string;
  readonly tenantId: string;
  readonly extension: string;
}

const SELECT = `select extension, state, account_id, email_enc, access_token_enc, refresh_token_enc, access_expires_at, expires_at, paired_at
  from pairings where tenant_id = $1 and extension = $2`;

export async function readPairing(scope: FirmScope, { tenantId, extension }: PairingKey): Promise<PairingRow | null> {
  return await scope.one<PairingRow>(SELECT, [tenantId, extension]);
}

/** Holds the row until the commit: one process at a time refreshes or unpairs. */
export async function lockPairing(scope: FirmScope, { tenantId, extension }: PairingKey): Promise<PairingRow | null> {
  return await scope.one<PairingRow>(`${SELECT} for update`, [tenantId, extension]);
}

export const pairingPlace = ({ firmId, tenantId, extension }: PairingKey, column: string) => ({
  firmId,
  field: `pairings.${column}`,
  rowId: `${tenantId}/${extension}`,
});
