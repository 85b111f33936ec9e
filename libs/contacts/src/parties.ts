import { Injectable } from '@nestjs/common';
import type { Party } from '@matterline/contracts';
import { canonicalJson } from '@matterline/audit';
import { Clock, FieldCipher, type FirmScope, SearchHasher } from '@matterline/platform';

export interface ContactLink {
  readonly client_id: string;
  readonly state: 'not_synced' | 'pending' | 'accepted' | 'confirmed' | 'needs_review' | 'failed' | 'broken';
  readonly account_id: string | null;
  readonly smokeball_contact_id: string | null;
  readonly sent_hash: Buffer | null;
  readonly error_code: string | null;
}

const LINK_COLUMNS = 'client_id, state, account_id, smokeball_contact_id, sent_hash, error_code';
const place = (firmId: string, clientId: string) => ({ firmId, field: 'parties.party_enc', rowId: clientId });

export function partyName(party: Party): string {
  return party.company_name || [party.first_name, party.last_name].filter(Boolean).join(' ');
}

/** What CaseHug says of the people and companies on its matters, and their links. */
@Injectable()
export class Parties {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly clock: Clock,
  ) {}

  /** Equal for parties that say the same, whatever the order of their members; keyed, so that a dump cannot be guessed against. */
  digest(firmId: string, party: Party): Buffer {
    return this.hasher.hash(firmId, 'party', canonicalJson(party));
  }

  /** @returns true when the party is new or says something else than before. */
  async save(scope: FirmScope, party: Party): Promise<boolean> {
    const hash = this.digest(scope.firmId, party);
    const changed = await scope.change(
      `insert into parties (firm_id, client_id, party_enc, party_hash, updated_at) values ($1, $2, $3, $4, $5)
       on conflict (firm_id, client_id) do update set party_enc = excluded.party_enc, party_hash = excluded.party_hash, updated_at = excluded.updated_at
         where parties.party_hash <> excluded.party_hash`,
      [scope.firmId, party.id, this.cipher.sealJson(place(scope.firmId, party.id), party), hash, this.clock.now()],
    );
    await scope.change(
      `insert into contact_links (firm_id, client_id, state, updated_at) values ($1, $2, 'not_synced', $3) on conflict do nothing`,
      [scope.firmId, party.id, this.clock.now()],
    );
    return changed > 0;
  }

  async get(scope: FirmScope, clientId: string): Promise<Party | null> {
    const row = await scope.one<{ party_enc: Buffer }>(
      'select party_enc from parties where firm_id = $1 and client_id = $2',
      [scope.firmId, clientId],
    );
    return row && this.cipher.openJson<Party>(place(scope.firmId, clientId), row.party_enc);
  }

  /** Holds the party until the commit, so that an edit of it comes wholly before or wholly after. */
  async lock(scope: FirmScope, clientId: string): Promise<Party | null> {
    await scope.query('select 1 from parties where firm_id = $1 and client_id = $2 for update', [
      scope.firmId,
      clientId,
    ]);
    return await this.get(scope, clientId);
  }

  async names(scope: FirmScope, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await scope.query<{ client_id: string; party_enc: Buffer }>(
      'select client_id, party_enc from parties where firm_id = $1 and client_id = any ($2)',
      [scope.firmId, ids],
    );
    return new Map(
      rows.map((row) => [
        row.client_id,
        partyName(this.cipher.openJson<Party>(place(scope.firmId, row.client_id), row.party_enc)),
      ]),
    );
  }

  async link(scope: FirmScope, clientId: string): Promise<ContactLink | null> {
    return await scope.one<ContactLink>(
      `select ${LINK_COLUMNS} from contact_links where firm_id = $1 and client_id = $2`,
      [scope.firmId, clientId],
    );
  }

  async links(scope: FirmScope, clientIds: readonly string[]): Promise<ContactLink[]> {
    return await scope.query<ContactLink>(
      `select ${LINK_COLUMNS} from contact_links where firm_id = $1 and client_id = any ($2)`,
      [scope.firmId, clientIds],
    );
  }

  async setLink(
    scope: FirmScope,
    clientId: string,
    change: Partial<Omit<ContactLink, 'client_id'>> & { readonly how?: string },
  ): Promise<void> {
    const columns = Object.keys(change);
    const sets = columns.map((column, at) => `${column} = $${at + 4}`);
    await scope.change(
      `update contact_links set updated_at = $3${sets.map((set) => `, ${set}`).join('')} where firm_id = $1 and client_id = $2`,
      [scope.firmId, clientId, this.clock.now(), ...Object.values(change)],
    );
  }

  /** The matters that a party is on. */
  async mattersOf(scope: FirmScope, clientId: string): Promise<string[]> {
    const rows = await scope.query<{ matter_id: string }>(
      'select distinct matter_id from matter_parties where firm_id = $1 and client_id = $2',
      [scope.firmId, clientId],
    );
    return rows.map((row) => row.matter_id);
  }

  /** The party that a Smokeball contact is linked to. */
  async byContact(scope: FirmScope, contactId: string): Promise<string | null> {
    const row = await scope.one<{ client_id: string }>(
      'select client_id from contact_links where firm_id = $1 and smokeball_contact_id = $2',
      [scope.firmId, contactId],
    );
    return row?.client_id ?? null;
  }
}
