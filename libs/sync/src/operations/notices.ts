import { OPERATION_ERRORS, type NoticeCode, type OperationNotice } from '@matterline/contracts';
import type { FieldCipher, FirmScope } from '@matterline/platform';
import type { OperationRow } from './operation-row';

/** Something that a person should know of an operation that goes on. The detail may name a person, so it is stored sealed. */
export interface Notice {
  readonly code: NoticeCode;
  readonly detail?: string;
}

const noticesPlace = (firmId: string, operationId: string) => ({
  firmId,
  field: 'operations.notices_enc',
  rowId: operationId,
});

/** These and no others: what an earlier attempt noticed and this one does not has passed. */
export async function setNotices(
  scope: FirmScope,
  cipher: FieldCipher,
  operationId: string,
  notices: readonly Notice[],
): Promise<void> {
  const sealed = notices.length === 0 ? null : cipher.sealJson(noticesPlace(scope.firmId, operationId), notices);
  await scope.change('update operations set notices_enc = $2 where id = $1', [operationId, sealed]);
}

/** The sentences of a row's notices, with their details in brackets. */
export function noticesOf(cipher: FieldCipher, row: OperationRow): OperationNotice[] {
  if (row.notices_enc === null) return [];
  const notices = cipher.openJson<readonly Notice[]>(noticesPlace(row.firm_id, row.id), row.notices_enc);
  return notices.map(({ code, detail }) => {
    const { message, hint } = OPERATION_ERRORS[code];
    return { code, message: detail ? `${message} (${detail})` : message, hint };
  });
}
