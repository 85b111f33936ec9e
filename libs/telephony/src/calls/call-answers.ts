import { Injectable } from '@nestjs/common';
import type { CallAnswer, CallState } from '@matterline/contracts';
import { Clock, FieldCipher, type FirmScope, sha256Hex } from '@matterline/platform';
import { POPS_CHANNEL } from '../pops/pops-channel';
import { popPlace } from '../pops/pop-place';

/** A repeat inside this time gets the first answer. Source: docs/telephony.md#repeats. */
export const REPEAT_MS = 10 * 60_000;
const NO_CALL_ID_BUCKET_MS = 5_000;

/** What tells one event from another. */
export interface EventKey {
  readonly tenantId: string;
  readonly callId: string;
  readonly extension: string;
  /** Stands for the call where the PBX gave no id. */
  readonly remote: string;
  readonly atMs: number;
}

interface Owner {
  readonly tenantId: string;
  readonly extension: string;
  readonly state: CallState;
}

/** Answers already given, by event: kept sealed, so that every process repeats the same one. */
@Injectable()
export class CallAnswers {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  id(key: EventKey, state: CallState): string {
    const call =
      key.callId !== '' ? `c/${key.callId}` : `n/${key.remote}/${Math.floor(key.atMs / NO_CALL_ID_BUCKET_MS)}`;
    return sha256Hex([key.tenantId, call, key.extension, state].join('\0'));
  }

  since(): Date {
    return new Date(this.clock.nowMs() - REPEAT_MS);
  }

  open(firmId: string, stored: { readonly id: string; readonly sealed: Buffer }): CallAnswer {
    return this.cipher.openJson<CallAnswer>(answerPlace(firmId, stored.id), stored.sealed);
  }

  /**
   * Keeps an answer and, when it shows a pop, puts the pop before the agent in every process.
   * @returns the answer that stands: another process may have been faster
   */
  async keep(scope: FirmScope, id: string, owner: Owner, answer: CallAnswer): Promise<CallAnswer> {
    const now = this.clock.now();
    const { firmId } = scope;
    const pop = answer.pop.show ? this.cipher.sealJson(popPlace(firmId, answer.event_id), answer) : null;
    const row = await scope.one<{ kept: boolean }>(
      `with kept as (
         insert into call_answers (firm_id, id, tenant_id, extension, state, event_id, answer_enc, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (firm_id, id) do update set event_id = excluded.event_id, answer_enc = excluded.answer_enc, created_at = excluded.created_at
           where call_answers.created_at <= $9 returning id),
       shown as (
         insert into pops (firm_id, event_id, tenant_id, extension, body_enc, created_at)
         select $1, $6, $3, $4, $10::bytea, $8 from kept where $10::bytea is not null returning position)
       select exists (select from kept) as kept,
         (select pg_notify($11, json_build_object('firmId', $1::text, 'tenantId', $3::text, 'extension', $4::text, 'position', position)::text) from shown)`,
      [
        firmId,
        id,
        owner.tenantId,
        owner.extension,
        owner.state,
        answer.event_id,
        this.cipher.sealJson(answerPlace(firmId, id), answer),
        now,
        this.since(),
        pop,
        POPS_CHANNEL,
      ],
    );
    if (row?.kept) return answer;
    const first = await scope.one<{ answer_enc: Buffer }>('select answer_enc from call_answers where id = $1', [id]);
    return first ? { ...this.open(firmId, { id, sealed: first.answer_enc }), cached: true } : answer;
  }
}

const answerPlace = (firmId: string, id: string) => ({ firmId, field: 'call_answers.answer_enc', rowId: id });
