import { Injectable } from '@nestjs/common';
import { Clock, FieldCipher, type FirmScope, SearchHasher } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import { localPart, MATCHED_ON, type MatchedOn, type PhoneCountry } from '../phones';
import { type ContactDisplay, contactDisplay } from './contact-display';
import { contactHashes, localHash, wholeHash } from './number-hashes';

/** A contact that has the number asked for. */
export interface IndexedContact extends ContactDisplay {
  readonly contactId: string;
  readonly matchedOn: MatchedOn;
  /** Smokeball's `lastUpdated`, in ticks. */
  readonly version: bigint;
  /** Whether `KnownMatters` has had the chance to hear of this contact's matters. */
  readonly mattersRead: boolean;
}

interface FoundRow {
  readonly contact_id: string;
  readonly display_enc: Buffer;
  readonly version: string;
  readonly matters_read: boolean;
  readonly matched_on: MatchedOn;
}

/** More contacts with one number than anybody looks through. */
const FOUND_MAX = 100;

/**
 * Which contact has which number: keyed hashes with sealed display data, so that a ringing phone is answered without asking Smokeball.
 * Rows belong to one Smokeball account; another account of the same firm sees none of them. Source: docs/telephony.md#index.
 */
@Injectable()
export class PhoneIndex {
  constructor(
    private readonly hasher: SearchHasher,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** Takes a contact as Smokeball last told it. An older one never replaces a newer one; a deleted one is forgotten. */
  async put(scope: FirmScope, accountId: string, contact: Contact, country: PhoneCountry): Promise<void> {
    await this.putAll(scope, accountId, [contact], country);
  }

  /** The same for a page of contacts, in three statements. */
  async putAll(
    scope: FirmScope,
    accountId: string,
    contacts: readonly Contact[],
    country: PhoneCountry,
  ): Promise<void> {
    const entries = newestOfEach(contacts).map((contact) => this.entry(scope.firmId, accountId, contact, country));
    if (entries.length === 0) return;
    // A forgotten contact leaves its version behind, so that an older copy under way does not bring it back.
    const kept = await scope.query<{ contact_id: string }>(
      `insert into phone_contacts (firm_id, account_id, contact_id, display_enc, version, read_at)
       select $1, $2, given.contact_id, given.display_enc, given.version, $6
         from unnest($3::text[], $4::bytea[], $5::numeric[]) as given (contact_id, display_enc, version) order by given.contact_id
       on conflict (firm_id, account_id, contact_id) do update
         set display_enc = excluded.display_enc, version = excluded.version, read_at = excluded.read_at
         where phone_contacts.version < excluded.version
            or (phone_contacts.version = excluded.version and phone_contacts.display_enc is not null)
       returning contact_id`,
      [
        scope.firmId,
        accountId,
        entries.map((entry) => entry.contactId),
        entries.map((entry) => entry.display),
        entries.map((entry) => String(entry.version)),
        this.clock.now(),
      ],
    );
    const keptIds = kept.map((row) => row.contact_id);
    if (keptIds.length === 0) return;
    await this.dropNumbers(scope, accountId, keptIds);
    const numbers = entries
      .filter((entry) => keptIds.includes(entry.contactId))
      .flatMap((entry) => entry.numbers.map((number) => ({ contactId: entry.contactId, ...number })));
    if (numbers.length === 0) return;
    await scope.change(
      `insert into phone_numbers (firm_id, account_id, contact_id, number_hash, matched_on)
       select $1, $2, given.contact_id, given.number_hash, given.matched_on
         from unnest($3::text[], $4::bytea[], $5::text[]) as given (contact_id, number_hash, matched_on)`,
      [
        scope.firmId,
        accountId,
        numbers.map((number) => number.contactId),
        numbers.map((number) => number.hash),
        numbers.map((number) => number.matchedOn),
      ],
    );
  }

  /** Forgets a contact that is gone in Smokeball. It comes back with its next newer version only. */
  async remove(scope: FirmScope, accountId: string, contactId: string): Promise<void> {
    await scope.change(
      'update phone_contacts set display_enc = null, read_at = $3 where account_id = $1 and contact_id = $2',
      [accountId, contactId, this.clock.now()],
    );
    await this.dropNumbers(scope, accountId, [contactId]);
  }

  /**
   * Contacts with exactly this number, the likeliest first: by the kind of field, then the newest.
   * @param e164 from `toE164`; a number stored without area code counts only when the tenant's own completes it
   */
  async find(
    scope: FirmScope,
    accountId: string,
    e164: string,
    plan: { readonly areaCode?: string | null; readonly country: PhoneCountry },
  ): Promise<IndexedContact[]> {
    const local = localPart(e164, plan);
    const hashes = [wholeHash(this.hasher, scope.firmId, e164)];
    if (local !== null) hashes.push(localHash(this.hasher, scope.firmId, local));
    const rows = await scope.query<FoundRow>(
      `select c.contact_id, c.display_enc, c.version::text, c.matters_read_at is not null as matters_read, n.matched_on
         from phone_numbers n
         join phone_contacts c on c.firm_id = n.firm_id and c.account_id = n.account_id and c.contact_id = n.contact_id
        where n.firm_id = $1 and n.number_hash = any($3) and n.account_id = $2 and c.display_enc is not null
        order by array_position($4::text[], n.matched_on), c.version desc, c.contact_id
        limit ${FOUND_MAX}`,
      [scope.firmId, accountId, hashes, MATCHED_ON],
    );
    const found = new Map<string, IndexedContact>();
    for (const row of rows) {
      if (found.has(row.contact_id)) continue;
      const display = this.cipher.openJson<ContactDisplay>(
        displayPlace(scope.firmId, accountId, row.contact_id),
        row.display_enc,
      );
      found.set(row.contact_id, {
        ...display,
        contactId: row.contact_id,
        matchedOn: row.matched_on,
        version: BigInt(row.version),
        mattersRead: row.matters_read,
      });
    }
    return [...found.values()];
  }

  /** Says that the matters of these contacts were read; from then on events keep them. Null: of all contacts. */
  async markMattersRead(scope: FirmScope, accountId: string, contactIds: readonly string[] | null): Promise<void> {
    await scope.change(
      `update phone_contacts set matters_read_at = $3
        where account_id = $1 and matters_read_at is null and ($2::text[] is null or contact_id = any($2))`,
      [accountId, contactIds, this.clock.now()],
    );
  }

  /** How many contacts can be found by a number. */
  async size(scope: FirmScope): Promise<number> {
    const row = await scope.one<{ size: number }>(
      'select count(*)::int as size from phone_contacts where firm_id = $1 and display_enc is not null',
      [scope.firmId],
    );
    return row?.size ?? 0;
  }

  private entry(firmId: string, accountId: string, contact: Contact, country: PhoneCountry) {
    const numbers = contact.isDeleted ? [] : contactHashes(this.hasher, firmId, contact, country);
    const place = displayPlace(firmId, accountId, contact.id);
    return {
      contactId: contact.id,
      version: versionOf(contact),
      numbers,
      // Nobody can call who has no number: their name is not kept.
      display: numbers.length === 0 ? null : this.cipher.sealJson(place, contactDisplay(contact)),
    };
  }

  private async dropNumbers(scope: FirmScope, accountId: string, contactIds: readonly string[]): Promise<void> {
    await scope.change('delete from phone_numbers where firm_id = $1 and account_id = $2 and contact_id = any($3)', [
      scope.firmId,
      accountId,
      contactIds,
    ]);
  }
}

const versionOf = (contact: Contact) => contact.lastUpdated ?? 0n;

function newestOfEach(contacts: readonly Contact[]): Contact[] {
  const newest = new Map<string, Contact>();
  for (const contact of contacts) {
    const known = newest.get(contact.id);
    if (!known || versionOf(known) <= versionOf(contact)) newest.set(contact.id, contact);
  }
  return [...newest.values()];
}

const displayPlace = (firmId: string, accountId: string, contactId: string) => ({
  firmId,
  field: 'phone_contacts.display_enc',
  rowId: `${accountId}/${contactId}`,
});
