import { Injectable } from '@nestjs/common';
import { Clock, FieldCipher, type FirmScope } from '@matterline/platform';
import type { Matter } from '@matterline/smokeball-client';

export type MatterSide = 'client' | 'other_side';

/** A Smokeball matter as a pop-up shows it beside one of its parties. */
export interface KnownMatter {
  readonly id: string;
  /** Empty until Smokeball has numbered it. */
  readonly number: string;
  readonly title: string;
  readonly description: string;
  readonly status: string;
  readonly role: MatterSide;
  /** Ticks. */
  readonly version: bigint;
}

interface Display {
  readonly number: string;
  readonly title: string;
  readonly description: string;
}

interface FoundRow {
  readonly contact_id: string;
  readonly smokeball_matter_id: string;
  readonly display_enc: Buffer;
  readonly status: string;
  readonly version: string;
  readonly side: MatterSide;
}

/** More matters of one party than a pop-up has room for. */
const PER_CONTACT_MAX = 20;

/** Which matters a contact is a party of, kept beside the phone index. Client data is sealed. Source: docs/telephony.md#index. */
@Injectable()
export class KnownMatters {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** Takes a matter as Smokeball last told it. An older one never replaces a newer one; a deleted one is forgotten. */
  async put(scope: FirmScope, accountId: string, matter: Matter): Promise<void> {
    const isGone = matter.status === 'Deleted';
    const display: Display = {
      number: matter.number?.trim() ?? '',
      title: matter.title?.trim() ?? '',
      description: matter.description?.trim() ?? '',
    };
    const sealed = isGone ? null : this.cipher.sealJson(displayPlace(scope.firmId, accountId, matter.id), display);
    // A forgotten matter leaves its version behind, so that an older copy under way does not bring it back.
    const kept = await scope.change(
      `insert into known_matters (firm_id, account_id, smokeball_matter_id, display_enc, status, version, read_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (firm_id, account_id, smokeball_matter_id) do update
         set display_enc = excluded.display_enc, status = excluded.status, version = excluded.version, read_at = excluded.read_at
         where known_matters.version < excluded.version
            or (known_matters.version = excluded.version and known_matters.display_enc is not null)`,
      [
        scope.firmId,
        accountId,
        matter.id,
        sealed,
        matter.status ?? 'Open',
        String(versionOf(matter)),
        this.clock.now(),
      ],
    );
    if (kept === 0) return;
    await scope.change(
      'delete from known_matter_contacts where firm_id = $1 and account_id = $2 and smokeball_matter_id = $3',
      [scope.firmId, accountId, matter.id],
    );
    const parties = isGone ? [] : partiesOf(matter);
    if (parties.length === 0) return;
    await scope.change(
      `insert into known_matter_contacts (firm_id, account_id, smokeball_matter_id, contact_id, side)
       select $1, $2, $3, given.contact_id, given.side from unnest($4::text[], $5::text[]) as given (contact_id, side)`,
      [scope.firmId, accountId, matter.id, parties.map((party) => party.contactId), parties.map((party) => party.side)],
    );
  }

  /** The matters of each contact: open and pending ones first, then the newest; at most 20 each. */
  async ofContacts(
    scope: FirmScope,
    accountId: string,
    contactIds: readonly string[],
  ): Promise<Map<string, KnownMatter[]>> {
    const found = new Map<string, KnownMatter[]>();
    if (contactIds.length === 0) return found;
    const rows = await scope.query<FoundRow>(
      `select contact_id, smokeball_matter_id, display_enc, status, version::text, side from (
         select p.contact_id, m.smokeball_matter_id, m.display_enc, m.status, m.version, p.side,
                row_number() over (partition by p.contact_id order by ${LIVE_FIRST}, m.version desc, m.smokeball_matter_id) as place
           from known_matter_contacts p
           join known_matters m on m.firm_id = p.firm_id and m.account_id = p.account_id and m.smokeball_matter_id = p.smokeball_matter_id
          where p.firm_id = $1 and p.account_id = $2 and p.contact_id = any($3) and m.display_enc is not null) ranked
        where place <= ${PER_CONTACT_MAX} order by contact_id, place`,
      [scope.firmId, accountId, contactIds],
    );
    for (const row of rows) {
      const matters = found.get(row.contact_id) ?? [];
      const place = displayPlace(scope.firmId, accountId, row.smokeball_matter_id);
      const display = this.cipher.openJson<Display>(place, row.display_enc);
      const { status, side: role } = row;
      matters.push({ ...display, id: row.smokeball_matter_id, status, role, version: BigInt(row.version) });
      found.set(row.contact_id, matters);
    }
    return found;
  }
}

const LIVE_FIRST = `case when m.status in ('Open', 'Pending') then 0 else 1 end`;

/** Who stands on both sides of a matter is the firm's client first. */
function partiesOf(matter: Matter): { readonly contactId: string; readonly side: MatterSide }[] {
  const clients = new Set(matter.clientIds);
  const others = new Set(matter.otherSideIds.filter((id) => !clients.has(id)));
  return [
    ...[...clients].map((contactId) => ({ contactId, side: 'client' as const })),
    ...[...others].map((contactId) => ({ contactId, side: 'other_side' as const })),
  ];
}

const versionOf = (matter: Matter) =>
  /^\d{1,19}$/.test(matter.versionId ?? '') ? BigInt(matter.versionId ?? '0') : 0n;

const displayPlace = (firmId: string, accountId: string, matterId: string) => ({
  firmId,
  field: 'known_matters.display_enc',
  rowId: `${accountId}/${matterId}`,
});
