import {
  type Operation,
  OPERATION_ERRORS,
  type OperationError,
  type OperationErrorCode,
  type OperationKind,
} from '@matterline/contracts';
import type { FieldCipher } from '@matterline/platform';
import { noticesOf } from '../operations/notices';
import { detailPlace, type OperationRow } from '../operations/operation-row';

const VERBS: Readonly<Record<OperationKind, string>> = {
  'contact.push': 'Send contact',
  'contact.update': 'Update contact',
  'matter.push': 'Send matter',
  'matter.update': 'Update matter',
  'matter.tags': 'Update tags of matter',
  'contact.tags': 'Update tags of contact',
  'document.push': 'Send document',
  'call.log': 'Log call',
  reconcile: 'Compare',
  import: 'Import',
};

/** A failure as others see it: the code's own sentence, then Smokeball's words where there are any. */
export function errorView(
  cipher: FieldCipher,
  firmId: string,
  operationId: string,
  code: OperationErrorCode | null,
  detail: Buffer | null,
): OperationError | null {
  if (code === null) return null;
  const entry = OPERATION_ERRORS[code];
  const words = detail ? cipher.openText(detailPlace(firmId, operationId), detail) : '';
  return {
    code,
    message: words === '' ? entry.message : `${entry.message} (${words})`,
    hint: entry.hint,
    retryable: entry.fate === 'retried',
  };
}

/** `Operation` of docs/http-api.md#operations. */
export function operationView(cipher: FieldCipher, row: OperationRow): Operation {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    trigger: row.trigger,
    matter_id: row.matter_id,
    entity: { type: row.entity_type, id: row.entity_id },
    attempts: row.attempts,
    error: errorView(cipher, row.firm_id, row.id, row.error_code, row.error_detail_enc),
    notices: noticesOf(cipher, row),
    next_attempt_at: row.next_attempt_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    request_ids: row.request_ids,
    batch_id: row.batch_id,
  };
}

export function titleOf(row: OperationRow, name: string | undefined): string {
  return name === undefined ? VERBS[row.kind] : `${VERBS[row.kind]} ${name}`;
}
