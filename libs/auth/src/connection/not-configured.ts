import { ApiError } from '@matterline/platform';

/** Nobody has entered the credentials that Smokeball gives out with its API access. */
export function notConfigured(): ApiError {
  return new ApiError('not_configured', 'Smokeball integration is not configured', {
    hint: 'The firm must first ask Smokeball’s partnership team for API access. Then set the credentials it is given.',
  });
}
