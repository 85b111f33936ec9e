import { OperationErrorCode } from '@matterline/contracts';

const CODES: readonly OperationErrorCode[] = ['needs_mapping', 'type_deleted', 'role_not_offered'];

/** Whether what waits goes on once somebody has chosen a matter type. */
export const needsMapping = (code: OperationErrorCode): boolean => CODES.includes(code);
