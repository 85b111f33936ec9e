import { ApiError } from '@matterline/platform';
import type { HookOutcome } from './receive-hook';

/** What a delivery is answered with, whichever door it came through. @throws ApiError for what is refused. */
export function hookAnswer(outcome: HookOutcome): { readonly data: { readonly stored: boolean } } {
  switch (outcome) {
    case 'stored':
    case 'repeat':
      return { data: { stored: outcome === 'stored' } };
    case 'unknown_hook':
      throw ApiError.notFound('hook');
    case 'stale':
      throw new ApiError('stale_timestamp', 'The timestamp is too far from now.');
    case 'not_json':
      throw new ApiError('bad_request', 'The body is not a webhook notification in JSON.');
    case 'unstorable':
      throw new ApiError('bad_request', 'The request holds a character that cannot be stored, such as U+0000.');
    default:
      throw new ApiError('bad_signature', 'The signature is missing or wrong.');
  }
}
