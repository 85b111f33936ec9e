/**
 * How an operation's failure is treated: tried again by itself, held until something changes, or final until a person acts.
 * What is only noticed is no failure: the operation goes on and says it beside its result.
 */
export type ErrorFate = 'retried' | 'held' | 'final' | 'noticed';

interface ErrorEntry {
  readonly message: string;
  readonly hint: string;
  readonly fate: ErrorFate;
}

/**
 * Every reason for which an operation can fail, with the sentence and the next step a person sees.
 * The list is closed: `docs/errors.md` is made from it and a test keeps both alike.
 */
export const OPERATION_ERRORS = {
  not_connected: {
    message: 'The firm is not connected to Smokeball.',
    hint: 'Open Settings → Integrations and connect to Smokeball; waiting work then continues by itself.',
    fate: 'held',
  },
  needs_reauth: {
    message: 'Smokeball no longer accepts the firm’s sign-in.',
    hint: 'Open Settings → Integrations and reconnect with the same Smokeball account; waiting work then continues by itself.',
    fate: 'held',
  },
  smokeball_unavailable: {
    message: 'Smokeball did not answer or reported a fault of its own.',
    hint: 'Nothing to do: it is tried again by itself. Retry now if you know Smokeball is back.',
    fate: 'retried',
  },
  rate_limited: {
    message: 'Smokeball asked us to slow down.',
    hint: 'Nothing to do: it is tried again by itself.',
    fate: 'retried',
  },
  rejected: {
    message: 'Smokeball refused the data.',
    hint: 'Read the detail, correct the matter in CaseHug and retry.',
    fate: 'final',
  },
  not_permitted: {
    message: 'Smokeball does not permit this for the connected user.',
    hint: 'Ask a Smokeball administrator to give the connected user access to the matter or contact, then retry.',
    fate: 'final',
  },
  needs_mapping: {
    message: 'No Smokeball matter type is mapped to this case type.',
    hint: 'Open Settings → Mapping and choose the matter type for this case type, or correct the case type or the state in CaseHug; the matter then continues by itself.',
    fate: 'held',
  },
  type_deleted: {
    message: 'Smokeball no longer has the matter type that is mapped to this case type.',
    hint: 'Open Settings → Mapping and choose another matter type for this case type; the matter then continues by itself.',
    fate: 'held',
  },
  role_not_offered: {
    message: 'The mapped matter type does not offer this role to the client.',
    hint: 'Open Settings → Mapping and choose one of the roles that the matter type offers; the matter then continues by itself.',
    fate: 'held',
  },
  waiting_for_client: {
    message: 'The matter has no client yet.',
    hint: 'Attach a client in CaseHug; the matter then continues by itself.',
    fate: 'held',
  },
  contact_ambiguous: {
    message: 'It is not sure which Smokeball contact this client is.',
    hint: 'Open Review, compare the candidates, and link one or create a new contact; waiting work then continues by itself.',
    fate: 'held',
  },
  contact_failed: {
    message: 'A client of this matter could not be put into Smokeball.',
    hint: 'If the client waits under Review, decide there. Otherwise open the client’s own failed operation, mend it and retry. The matter then continues by itself.',
    fate: 'held',
  },
  matter_not_linked: {
    message: 'The matter is not in Smokeball yet.',
    hint: 'Mend the matter’s own failed operation first; the document then continues by itself.',
    fate: 'held',
  },
  number_taken: {
    message: 'Another matter in Smokeball already has this number.',
    hint: 'Change the case number in CaseHug, or the other matter’s number in Smokeball and retry. If Smokeball should number matters itself, switch “Keep the case number” off in Settings → Integrations and retry.',
    fate: 'final',
  },
  text_too_long: {
    message: 'The title, the description or the number is longer than Smokeball takes.',
    hint: 'Shorten it in CaseHug; the matter is then sent again by itself.',
    fate: 'final',
  },
  attorney_unknown: {
    message: 'An attorney of this matter is not on Smokeball’s staff list; the matter went on without them.',
    hint: 'Compare the e-mail address in CaseHug with the one under Staff in Smokeball. Once they are the same, the attorney is entered by itself.',
    fate: 'noticed',
  },
  attorney_inactive: {
    message: 'An attorney of this matter has left or is disabled in Smokeball; the matter went on without them.',
    hint: 'Choose another attorney in CaseHug, or have a Smokeball administrator enable the staff member again.',
    fate: 'noticed',
  },
  attorney_surplus: {
    message: 'Smokeball keeps one responsible attorney for a matter; the first one was entered.',
    hint: 'Make the others assisting attorneys in CaseHug.',
    fate: 'noticed',
  },
  originating_locked: {
    message: 'The originating attorneys were left as they are: Smokeball shares this matter’s origination among them.',
    hint: 'Change the originating attorneys on the matter’s page in Smokeball.',
    fate: 'noticed',
  },
  matter_stays_closed: {
    message: 'The matter is active again in CaseHug and still closed in Smokeball.',
    hint: 'Open it on its page in Smokeball if it should go on there.',
    fate: 'noticed',
  },
  type_stays: {
    message:
      'The case type or the place changed in CaseHug; the matter keeps its type in Smokeball, where a type cannot change.',
    hint: 'If the type matters, make a new matter in Smokeball with the right one, or leave it as it is.',
    fate: 'noticed',
  },
  on_both_sides: {
    message: 'Somebody is client and other side of this matter at once; in Smokeball they were entered as client only.',
    hint: 'Take them off one of the two sides in CaseHug.',
    fate: 'noticed',
  },
  replaced_unknown: {
    message: 'The upload that this document replaces is not in Smokeball; the document became a file of its own.',
    hint: 'Nothing to do if that is right. If the older file is in Smokeball under another name, delete one of the two there.',
    fate: 'noticed',
  },
  name_changed: {
    message: 'The slashes in the file’s name became hyphens in Smokeball, where a slash would mean a folder.',
    hint: 'Nothing to do. Rename the file in Smokeball if another name suits better.',
    fate: 'noticed',
  },
  kind_stays: {
    message:
      'The client is a company in CaseHug and a person in Smokeball, or the other way round; its kind and name were left as they are there.',
    hint: 'Smokeball cannot change it. Make the right contact in Smokeball, put it on the matter there, and give the client a new id in CaseHug.',
    fate: 'noticed',
  },
  clients_kept: {
    message:
      'The matter has no client in CaseHug any more; in Smokeball, whose matters need one, it keeps the last ones.',
    hint: 'Attach a client in CaseHug; the former ones are then taken off the matter.',
    fate: 'noticed',
  },
  not_cleared: {
    message: 'Smokeball kept a value that was taken away in CaseHug.',
    hint: 'Remove it on the matter’s page in Smokeball.',
    fate: 'noticed',
  },
  link_broken: {
    message: 'The linked record is gone in Smokeball.',
    hint: 'It was deleted or merged there, and nothing is created anew by itself. Restore it in Smokeball and retry; for a client, a retry also asks under Review which contact takes its place.',
    fate: 'final',
  },
  not_confirmed: {
    message: 'Smokeball accepted the record but it did not appear in time.',
    hint: 'Retry: we look for the record first and never create it twice.',
    fate: 'final',
  },
  refused_later: {
    message: 'Smokeball accepted the request and refused it afterwards.',
    hint: 'Read the detail, correct the matter in CaseHug and retry.',
    fate: 'final',
  },
  upload_refused: {
    message: 'Smokeball’s file storage refused the upload.',
    hint: 'Nothing to do: a new upload address is asked for and it is tried again.',
    fate: 'retried',
  },
  file_bytes_gone: {
    message: 'The document’s bytes are no longer here.',
    hint: 'Approve the document again in CaseHug so that it is sent anew.',
    fate: 'final',
  },
  file_gone: {
    message: 'CaseHug does not have this file any more, or does not give it.',
    hint: 'Upload the document again in CaseHug and approve it. If it is still there, check the firm’s CaseHug API key and retry.',
    fate: 'final',
  },
  file_too_large: {
    message: 'The file is larger than 100 MB.',
    hint: 'Split the document or make it smaller, upload it to CaseHug again and approve it.',
    fate: 'final',
  },
  casehug_unavailable: {
    message: 'CaseHug did not answer when it was asked for the file.',
    hint: 'Nothing to do: it is tried again by itself. Retry now if you know CaseHug is back.',
    fate: 'retried',
  },
  hash_differs: {
    message: 'The bytes that were kept are not those that CaseHug sent, so they were not sent on.',
    hint: 'Approve the document again in CaseHug so that it is sent anew.',
    fate: 'final',
  },
  name_too_long: {
    message: 'The file name is longer than Smokeball’s 256 characters.',
    hint: 'Shorten the file name in CaseHug and approve the document again.',
    fate: 'final',
  },
  misconfigured: {
    message: 'Smokeball does not accept our application’s credentials.',
    hint: 'Check the Smokeball client id, secret and API key of this firm, then retry.',
    fate: 'held',
  },
  internal: {
    message: 'Something went wrong on our side.',
    hint: 'It is tried again by itself. If it stays, send support the operation’s id.',
    fate: 'retried',
  },
} as const satisfies Record<string, ErrorEntry>;

export type OperationErrorCode = keyof typeof OPERATION_ERRORS;

type Errors = typeof OPERATION_ERRORS;
/** What an operation reports without failing. */
export type NoticeCode = {
  [Code in keyof Errors]: Errors[Code]['fate'] extends 'noticed' ? Code : never;
}[keyof Errors];

/** Codes of HTTP answers; the status belongs to the code, so that one filter decides it. Source: docs/http-api.md#errors. */
export const API_ERRORS = {
  validation_error: 400,
  bad_request: 400,
  page_too_far: 400,
  unauthorized: 401,
  invalid_credentials: 401,
  bad_key: 401,
  bad_signature: 401,
  stale_timestamp: 401,
  forbidden: 403,
  csrf: 403,
  domain_mismatch: 403,
  not_found: 404,
  unknown_tenant: 404,
  unknown_extension: 404,
  conflict: 409,
  idempotency_conflict: 409,
  idempotency_in_progress: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  hash_mismatch: 422,
  target_not_allowed: 422,
  download_failed: 422,
  not_configured: 422,
  region_mismatch: 422,
  rate_limited: 429,
  internal_error: 500,
  unavailable: 503,
} as const;

export type ApiErrorCode = keyof typeof API_ERRORS;
