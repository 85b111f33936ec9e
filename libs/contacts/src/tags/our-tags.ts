import { Injectable } from '@nestjs/common';
import type { Party } from '@matterline/contracts';
import { FieldCipher, type FirmScope, SearchHasher } from '@matterline/platform';
import { foldTag, type OurTags } from './tag-changes';

const place = (firmId: string, clientId: string) => ({ firmId, field: 'contact_links.tags_enc', rowId: clientId });

/** Which tags of a contact came from here, and which went out last. */
@Injectable()
export class OurContactTags {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
  ) {}

  /** Null when no tag of this contact ever went out. */
  async read(scope: FirmScope, clientId: string): Promise<OurTags | null> {
    const row = await scope.one<{ tags_enc: Buffer | null }>(
      'select tags_enc from contact_links where firm_id = $1 and client_id = $2',
      [scope.firmId, clientId],
    );
    return row?.tags_enc ? this.cipher.openJson<OurTags>(place(scope.firmId, clientId), row.tags_enc) : null;
  }

  async write(scope: FirmScope, clientId: string, tags: OurTags): Promise<void> {
    await scope.change('update contact_links set tags_enc = $3 where firm_id = $1 and client_id = $2', [
      scope.firmId,
      clientId,
      this.cipher.sealJson(place(scope.firmId, clientId), tags),
    ]);
  }

  /** These wishes stand in Smokeball now. */
  async settle(scope: FirmScope, clientId: string, wished: readonly string[], tags: OurTags): Promise<void> {
    await this.write(scope, clientId, tags);
    await scope.change('update contact_links set tags_hash = $3 where firm_id = $1 and client_id = $2', [
      scope.firmId,
      clientId,
      this.digest(scope.firmId, wished),
    ]);
  }

  /** Whether CaseHug's tags differ from what went out last. A client whose tags were never spoken of has nothing to send. */
  async isDue(scope: FirmScope, party: Party): Promise<boolean> {
    if (party.tags === undefined) return false;
    const row = await scope.one<{ tags_hash: Buffer | null }>(
      'select tags_hash from contact_links where firm_id = $1 and client_id = $2',
      [scope.firmId, party.id],
    );
    const wished = party.tags ?? [];
    if (!row?.tags_hash) return wished.length > 0 || (await this.read(scope, party.id)) !== null;
    return !row.tags_hash.equals(this.digest(scope.firmId, wished));
  }

  private digest(firmId: string, wished: readonly string[]): Buffer {
    const names = [...new Set(wished.map(foldTag))].sort();
    return this.hasher.hash(firmId, 'contact-tags', JSON.stringify(names));
  }
}
