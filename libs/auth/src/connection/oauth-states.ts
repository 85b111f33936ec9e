import { Injectable } from '@nestjs/common';
import { Clock, Database, FieldCipher, type FirmScope, hashToken, newSecret } from '@matterline/platform';
import { createPkce } from '@matterline/smokeball-client';

/** Source: docs/http-api.md#connect. */
export const STATE_LIFETIME_MS = 10 * 60_000;
const FORGET_AFTER_MS = 24 * 3600 * 1000;

/** What a sign-in under way is for. */
export type StatePurpose =
  | { readonly purpose: 'connection'; readonly userId: string }
  | { readonly purpose: 'pairing'; readonly tenantId: string; readonly extension: string };

export interface OpenState {
  readonly firmId: string;
  readonly verifier: string;
  readonly for: StatePurpose;
}

interface StateRow {
  readonly purpose: 'connection' | 'pairing';
  readonly verifier_enc: Buffer;
  readonly user_id: string | null;
  readonly tenant_id: string | null;
  readonly extension: string | null;
}

/** One-time states of the authorization code flow with PKCE (RFC 7636): 10 minutes, kept as hashes, used once. */
@Injectable()
export class OAuthStates {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  async open(scope: FirmScope, what: StatePurpose): Promise<{ state: string; codeChallenge: string }> {
    const state = newSecret('');
    const hash = hashToken(state);
    const pkce = createPkce();
    const now = this.clock.now();
    await scope.change('delete from oauth_states where created_at < $1', [new Date(now.getTime() - FORGET_AFTER_MS)]);
    await scope.change(
      `insert into oauth_states (state_hash, firm_id, purpose, verifier_enc, user_id, tenant_id, extension, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        hash,
        scope.firmId,
        what.purpose,
        this.cipher.sealText(verifierPlace(scope.firmId, hash), pkce.verifier),
        what.purpose === 'connection' ? what.userId : null,
        what.purpose === 'pairing' ? what.tenantId : null,
        what.purpose === 'pairing' ? what.extension : null,
        now,
      ],
    );
    return { state, codeChallenge: pkce.challenge };
  }

  /** Uses a state up. @returns null when it is unknown, used or older than 10 minutes. */
  async take(state: string): Promise<OpenState | null> {
    const hash = hashToken(state);
    const [found] = await this.database.directory<{ firm_id: string }>('find_oauth_state($1)', [hash]);
    if (!found) return null;
    const now = this.clock.now();
    const row = await this.database.forFirm(found.firm_id, (scope) =>
      scope.one<StateRow>(
        `update oauth_states set used_at = $2 where state_hash = $1 and used_at is null and created_at > $3
         returning purpose, verifier_enc, user_id, tenant_id, extension`,
        [hash, now, new Date(now.getTime() - STATE_LIFETIME_MS)],
      ),
    );
    if (!row) return null;
    const verifier = this.cipher.openText(verifierPlace(found.firm_id, hash), row.verifier_enc);
    return { firmId: found.firm_id, verifier, for: purposeOf(row) };
  }
}

function purposeOf(row: StateRow): StatePurpose {
  if (row.purpose === 'connection') return { purpose: 'connection', userId: row.user_id ?? '' };
  return { purpose: 'pairing', tenantId: row.tenant_id ?? '', extension: row.extension ?? '' };
}

const verifierPlace = (firmId: string, hash: Buffer) => ({
  firmId,
  field: 'oauth_states.verifier_enc',
  rowId: hash.toString('hex'),
});
