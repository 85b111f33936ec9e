import { Injectable } from '@nestjs/common';
import type { OperationErrorCode, Party } from '@matterline/contracts';
import { canonicalJson } from '@matterline/audit';
import { Firms } from '@matterline/auth';
import { Clock, FieldCipher, type FirmScope, SearchHasher } from '@matterline/platform';
import { foldEmail, partyNumbers } from './matching';
import { wholeHash } from './phone-index/number-hashes';
import { countryOfRegion } from './phones';

export interface ContactLink {
  readonly client_id: string;
  readonly state: 'not_synced' | 'pending' | 'accepted' | 'confirmed' | 'needs_review' | 'failed' | 'broken';
  readonly account_id: string | null;
  readonly smokeball_contact_id: string | null;
  readonly how: 'created' | 'email' | 'phone' | 'person' | null;
  /** Of what both sides last agreed on, tags aside. */
  readonly sent_hash: Buffer | null;
  readonly error_code: OperationErrorCode | null;
}

const LINK_COLUMNS = 'client_id, state, account_id, smokeball_contact_id, how, sent_hash, error_code';
/** One place for what CaseHug says now and what it said when it was sent: the same words about the same client. */
export const partyPlace = (firmId: string, clientId: string) => ({
  firmId,
  field: 'parties.party_enc',
  rowId: clientId,
});

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
    private readonly firms: Firms,
  ) {}

  /** Equal for parties that put the same into a contact, tags aside; keyed, so that a dump cannot be guessed against. */
  digest(firmId: string, { tags: _tags, ...said }: Party): Buffer {
    return this.hasher.hash(firmId, 'party', canonicalJson(said));
  }

  /** @returns true when the party is new or says something else than before. */
  async save(scope: FirmScope, party: Party): Promise<boolean> {
    const hash = this.hasher.hash(scope.firmId, 'party', canonicalJson(party));
    const changed = await scope.change(
      `insert into parties (firm_id, client_id, party_enc, party_hash, email_hash, phone_hashes, updated_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (firm_id, client_id) do update set party_enc = excluded.party_enc, party_hash = excluded.party_hash,
         email_hash = excluded.email_hash, phone_hashes = excluded.phone_hashes, updated_at = excluded.updated_at
         where parties.party_hash <> excluded.party_hash`,
      [
        scope.firmId,
        party.id,
        this.cipher.sealJson(partyPlace(scope.firmId, party.id), party),
        hash,
        party.email ? this.emailHash(scope.firmId, party.email) : null,
        await this.phoneHashes(scope, party),
        this.clock.now(),
      ],
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
    return row && this.open(scope, clientId, row.party_enc);
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
    return new Map(rows.map((row) => [row.client_id, partyName(this.open(scope, row.client_id, row.party_enc))]));
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
    change: Partial<Omit<ContactLink, 'client_id' | 'sent_hash'>>,
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

  /** The parties of a matter, clients first. */
  async ofMatter(scope: FirmScope, matterId: string): Promise<Party[]> {
    const rows = await scope.query<{ client_id: string; party_enc: Buffer }>(
      `select p.client_id, p.party_enc from matter_parties m join parties p on p.firm_id = m.firm_id and p.client_id = m.client_id
        where m.firm_id = $1 and m.matter_id = $2 order by m.side, m.position`,
      [scope.firmId, matterId],
    );
    const parties = rows.map((row) => this.open(scope, row.client_id, row.party_enc));
    return parties.filter((party, at) => parties.findIndex(({ id }) => id === party.id) === at);
  }

  /** The party that a Smokeball contact is linked to. */
  async byContact(scope: FirmScope, contactId: string): Promise<string | null> {
    const row = await scope.one<{ client_id: string }>(
      'select client_id from contact_links where firm_id = $1 and smokeball_contact_id = $2 order by updated_at, client_id limit 1',
      [scope.firmId, contactId],
    );
    return row?.client_id ?? null;
  }

  /** Contacts of other clients with the same e-mail address, which Smokeball's search may not show yet. */
  async contactsOfTwins(scope: FirmScope, accountId: string, party: Party): Promise<string[]> {
    if (!party.email) return [];
    const rows = await scope.query<{ smokeball_contact_id: string }>(
      `select distinct l.smokeball_contact_id from parties p
         join contact_links l on l.firm_id = p.firm_id and l.client_id = p.client_id
        where p.firm_id = $1 and p.email_hash = $2 and p.client_id <> $3 and l.state = 'confirmed' and l.account_id = $4
          and l.smokeball_contact_id is not null limit 20`,
      [scope.firmId, this.emailHash(scope.firmId, party.email), party.id, accountId],
    );
    return rows.map((row) => row.smokeball_contact_id);
  }

  /** Whether another client with the same e-mail address or telephone number is being put into Smokeball before this operation. */
  async isTwinUnderWay(scope: FirmScope, clientId: string, position: string): Promise<boolean> {
    const row = await scope.one(
      `select 1 from parties mine join parties p on p.firm_id = mine.firm_id and p.client_id <> mine.client_id
           and (p.email_hash = mine.email_hash or (p.phone_hashes && mine.phone_hashes and p.phone_hashes <> '{}'))
         join operations o on o.firm_id = p.firm_id and o.entity_type = 'contact' and o.entity_id = p.client_id and o.kind = 'contact.push'
        where mine.firm_id = $1 and mine.client_id = $2 and o.position < $3
          and (o.state in ('running', 'accepted') or (o.state = 'pending' and o.next_attempt_at <= $4)) limit 1`,
      [scope.firmId, clientId, position, this.clock.in(TWIN_SOON_MS)],
    );
    return row !== null;
  }

  /** Stores what is about to be sent, before it leaves. */
  async sending(scope: FirmScope, party: Party): Promise<void> {
    await scope.change(
      'update contact_links set sending_enc = $3, sending_hash = $4 where firm_id = $1 and client_id = $2',
      [
        scope.firmId,
        party.id,
        this.cipher.sealJson(partyPlace(scope.firmId, party.id), party),
        this.digest(scope.firmId, party),
      ],
    );
  }

  /** What was to be sent will not arrive. */
  async dropSending(scope: FirmScope, clientId: string): Promise<void> {
    await scope.change(
      'update contact_links set sending_enc = null, sending_hash = null where firm_id = $1 and client_id = $2',
      [scope.firmId, clientId],
    );
  }

  /** What was sent last stands in Smokeball now: from here on it is what both sides agree on. */
  async settle(scope: FirmScope, clientId: string): Promise<void> {
    const { agreed, sending } = await this.agreed(scope, clientId);
    if (!sending) return;
    // What CaseHug did not speak of this time was not taken back.
    const kept = { ...agreed, ...Object.fromEntries(Object.entries(sending).filter(([, said]) => said !== undefined)) };
    await scope.change(
      `update contact_links set sent_enc = $3, sent_hash = sending_hash, sending_enc = null, sending_hash = null
        where firm_id = $1 and client_id = $2`,
      [scope.firmId, clientId, this.cipher.sealJson(partyPlace(scope.firmId, clientId), kept)],
    );
  }

  /** What both sides last agreed on, and what is on its way. */
  async agreed(scope: FirmScope, clientId: string): Promise<{ agreed: Party | null; sending: Party | null }> {
    const row = await scope.one<{ sent_enc: Buffer | null; sending_enc: Buffer | null }>(
      'select sent_enc, sending_enc from contact_links where firm_id = $1 and client_id = $2',
      [scope.firmId, clientId],
    );
    const read = (sealed: Buffer | null | undefined) => (sealed ? this.open(scope, clientId, sealed) : null);
    return { agreed: read(row?.sent_enc), sending: read(row?.sending_enc) };
  }

  private open(scope: FirmScope, clientId: string, sealed: Buffer): Party {
    return this.cipher.openJson<Party>(partyPlace(scope.firmId, clientId), sealed);
  }

  private async phoneHashes(scope: FirmScope, party: Party): Promise<Buffer[]> {
    const { region } = await this.firms.read(scope);
    const numbers = partyNumbers(party, countryOfRegion(region));
    return numbers.map(({ e164 }) => wholeHash(this.hasher, scope.firmId, e164));
  }

  private emailHash(firmId: string, email: string): Buffer {
    return this.hasher.hash(firmId, 'party-email', foldEmail(email));
  }
}

const TWIN_SOON_MS = 60_000;
