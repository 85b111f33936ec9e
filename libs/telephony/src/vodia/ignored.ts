import { COUNTRY_PLANS, readNumberText, type PhoneCountry } from '@matterline/contacts';
import type { IgnoredReason } from '@matterline/contracts';
import type { Parties } from './parties';

const EMERGENCY = new Set(['911', '000', '112', '999']);
const NOBODY =
  /^(?:anonymous|private|unknown|restricted|unavailable|withheld|blocked|invalid|no ?number|caller ?id ?withheld)$/i;
/** Fewer digits than any number of a person; a service number is exempt. */
const DIGITS_MIN = 7;
const LOCAL_MIN = 5;

export interface FilterContext {
  readonly country: PhoneCountry;
  /** With the tenant's area code a short number may be a local one. */
  readonly hasAreaCode: boolean;
  readonly isInternal: (user: string) => boolean;
  readonly isInScope: (extension: string) => boolean;
}

/** Why a call is nobody's business to look up, or null. Source: docs/telephony.md#ignored. */
export function ignoredReason({ remote, extension, own }: Parties, context: FilterContext): IgnoredReason | null {
  const user = remote.user;
  if (/^[*#]/.test(user)) return 'star_code';
  if (user !== '' && (user === extension || context.isInternal(user) || user === own.user)) return 'internal';
  if (NOBODY.test(user) || remote.host === 'anonymous.invalid') return 'anonymous';
  const digits = readNumberText(user)?.digits ?? '';
  if (digits === '') return 'anonymous';
  if (EMERGENCY.has(digits)) return 'emergency';
  if (!context.isInScope(extension)) return 'out_of_scope';
  const { service } = COUNTRY_PLANS[context.country];
  const min = context.hasAreaCode ? LOCAL_MIN : DIGITS_MIN;
  return digits.length < min && !service.test(digits) && !/^\+/.test(user) ? 'too_short' : null;
}
