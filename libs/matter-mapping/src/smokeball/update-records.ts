import { Injectable } from '@nestjs/common';
import { Clock, FieldCipher, type FirmScope } from '@matterline/platform';
import { type Failed, type Notice, type OperationRow, Operations, setNotices } from '@matterline/sync';
import { linkPlace, MatterStore } from '../matters/matter-store';
import { SentMatters } from '../matters/sent-matters';
import type { Comparison } from './compare-matter';
import { MatterArrival } from './matter-arrival';
import type { SentMatter } from './matter-wish';

interface Ending {
  readonly notices: readonly Notice[];
  /** The client's role in the matter that a lead has become. */
  readonly convertedRole: string | null;
}

/** What is written down here before, after and instead of a change in Smokeball. */
@Injectable()
export class UpdateRecords {
  constructor(
    readonly store: MatterStore,
    readonly clock: Clock,
    private readonly sent: SentMatters,
    private readonly arrival: MatterArrival,
    private readonly operations: Operations,
    private readonly cipher: FieldCipher,
  ) {}

  async lookNow(scope: FirmScope, operation: OperationRow, smokeballId: string): Promise<void> {
    const matter = await this.store.find(scope, operation.entity_id);
    if (matter?.link.smokeball_matter_id !== smokeballId) return;
    await scope.change(`update operations set next_attempt_at = $2 where id = $1 and state = 'accepted'`, [
      operation.id,
      this.clock.now(),
    ]);
    await this.operations.told(scope, operation.id);
  }

  /** Which members are under way: until they are seen there, nobody knows whose value stands in Smokeball. */
  async sending(
    scope: FirmScope,
    operation: OperationRow,
    { matterId, base, changes, notices, current }: Comparison,
  ): Promise<void> {
    await setNotices(scope, this.cipher, operation.id, notices);
    await this.arrival.expectWrite(scope, current.id, changes.patch, current);
    if (base === null) return;
    const touched = [...new Set([...base.touched, ...changes.touched])];
    await this.store.setLink(scope, matterId, {
      sent_enc: this.sent.seal(scope.firmId, matterId, { ...base, touched }),
    });
  }

  async settled(scope: FirmScope, operation: OperationRow, read: Comparison, ending: Ending): Promise<void> {
    const { matterId, wish, people, filedAs } = read;
    const sent: SentMatter = { ...wish, touched: [], people, filedAs };
    await setNotices(scope, this.cipher, operation.id, ending.notices);
    await this.store.setLink(scope, matterId, {
      sent_hash: read.sentHash,
      sent_enc: this.sent.seal(scope.firmId, matterId, sent),
      lacks_attorney: ending.notices.some(({ code }) => code === 'attorney_unknown' || code === 'attorney_inactive'),
      error_code: null,
      error_detail_enc: null,
    });
    await this.arrival.seen(scope, read.current);
    await this.arrival.standing(scope, read.current.id);
    if (ending.convertedRole !== null) await this.store.setLink(scope, matterId, { client_role: ending.convertedRole });
  }

  /** The link stays: the matter stands there, only the change did not come through. */
  async failed(scope: FirmScope, { entity_id: matterId }: OperationRow, failure: Failed): Promise<void> {
    const id = (await this.store.find(scope, matterId))?.link.smokeball_matter_id;
    if (id) await this.arrival.giveUpWrite(scope, id);
    await this.store.setLink(scope, matterId, {
      error_code: failure.code,
      error_detail_enc: failure.detail
        ? this.cipher.sealText(linkPlace(scope.firmId, matterId, 'error_detail_enc'), failure.detail)
        : null,
      ...(failure.code === 'link_broken' ? { state: 'broken' } : {}),
    });
  }
}
