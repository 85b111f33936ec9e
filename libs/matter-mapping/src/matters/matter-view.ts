import { Injectable } from '@nestjs/common';
import { type Firm, SmokeballAccess } from '@matterline/auth';
import { type Matter, type MatterLink, OPERATION_ERRORS, type OperationError } from '@matterline/contracts';
import { FieldCipher } from '@matterline/platform';
import { matterUrl } from '@matterline/smokeball-client';
import { linkPlace, type MatterLink as StoredLink, MatterStore, type StoredMatter } from './matter-store';

/** `Matter` out of docs/http-api.md#matters. */
@Injectable()
export class MatterView {
  constructor(
    private readonly store: MatterStore,
    private readonly access: SmokeballAccess,
    private readonly cipher: FieldCipher,
  ) {}

  of(firm: Firm, matter: StoredMatter): Matter {
    return {
      id: matter.matterId,
      ...matter.picture,
      link: this.link(firm, matter),
      created_at: matter.createdAt.toISOString(),
    };
  }

  private link(firm: Firm, { matterId, link }: StoredMatter): MatterLink {
    const id = link.smokeball_matter_id;
    return {
      state: link.state,
      smokeball_matter_id: id,
      smokeball_number: this.store.numberOf(firm.id, matterId, link),
      url: id === null ? null : matterUrl(this.access.hosts(firm.region, firm.environment), id),
      matter_type:
        link.matter_type_id === null
          ? null
          : { id: link.matter_type_id, name: link.matter_type_name, client_role: link.client_role },
      error: this.error(firm.id, matterId, link),
      smokeball_status: link.smokeball_status,
    };
  }

  private error(firmId: string, matterId: string, link: StoredLink): OperationError | null {
    if (link.error_code === null) return null;
    const entry = OPERATION_ERRORS[link.error_code];
    const words = link.error_detail_enc
      ? ` (${this.cipher.openText(linkPlace(firmId, matterId, 'error_detail_enc'), link.error_detail_enc)})`
      : '';
    return {
      code: link.error_code,
      message: `${entry.message}${words}`,
      hint: entry.hint,
      retryable: entry.fate === 'retried',
    };
  }
}
