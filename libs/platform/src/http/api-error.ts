import { API_ERRORS, type ApiErrorCode } from '@matterline/contracts';

export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** The one error that becomes an HTTP answer on purpose. Its status belongs to its code (`API_ERRORS`). */
export class ApiError extends Error {
  constructor(
    readonly code: ApiErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly retryAfterS?: number,
  ) {
    super(message);
  }

  get status(): number {
    return API_ERRORS[this.code];
  }

  static validation(fields: readonly FieldFault[]): ApiError {
    const names = [...new Set(fields.map((fault) => fault.field))].join(', ');
    return new ApiError('validation_error', `Some fields are not right: ${names}.`, { fields });
  }

  /** Also for another firm's records: nobody learns that they exist. */
  static notFound(what: string): ApiError {
    return new ApiError('not_found', `There is no such ${what}.`);
  }
}
