import { Injectable } from '@nestjs/common';
import type { OurTags } from '@matterline/contacts';
import { FieldCipher } from '@matterline/platform';
import type { SentMatter } from '../smokeball/matter-wish';

/** The tags of a matter as they went out, and which of those that stand there are ours. */
export interface SentTags {
  readonly ours: OurTags;
  /** What CaseHug wished when all of it was through; null while it is not. */
  readonly wished: readonly string[] | null;
}

type Column = 'sent_enc' | 'tags_enc';
const place = (firmId: string, matterId: string, column: Column) => ({
  firmId,
  field: `matter_links.${column}`,
  rowId: matterId,
});

/** What was last written into Smokeball, sealed beside the link: by it our own changes are told from those of Smokeball's users. */
@Injectable()
export class SentMatters {
  constructor(private readonly cipher: FieldCipher) {}

  seal(firmId: string, matterId: string, sent: SentMatter): Buffer {
    return this.cipher.sealJson(place(firmId, matterId, 'sent_enc'), sent);
  }

  /** Null where the matter was written before this was kept. */
  open(firmId: string, matterId: string, sealed: Buffer | null): SentMatter | null {
    return sealed && this.cipher.openJson<SentMatter>(place(firmId, matterId, 'sent_enc'), sealed);
  }

  sealTags(firmId: string, matterId: string, tags: SentTags): Buffer {
    return this.cipher.sealJson(place(firmId, matterId, 'tags_enc'), tags);
  }

  openTags(firmId: string, matterId: string, sealed: Buffer | null): SentTags | null {
    return sealed && this.cipher.openJson<SentTags>(place(firmId, matterId, 'tags_enc'), sealed);
  }
}
