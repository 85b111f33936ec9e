const BY_STATUS: Readonly<Record<string, string>> = {
  match: '',
  no_match: 'Nobody in Smokeball has this number. No pop-up.',
  ignored: 'Left alone.',
  not_paired: 'This extension is not paired with Smokeball.',
  unavailable: 'Smokeball could not be asked in time.',
};

const BY_REASON: Readonly<Record<string, string>> = {
  internal: 'Left alone: a call from one extension to another.',
  star_code: 'Left alone: a star code, not a phone number.',
  anonymous: 'Left alone: the caller hides the number.',
  emergency: 'Left alone: an emergency number is never looked up.',
  state: 'Left alone: this kind of call event is not used.',
  too_short: 'Left alone: the number is too short to look up.',
  out_of_scope: 'Left alone: this extension is outside the tenant’s scope.',
  duplicate: 'Left alone: the same event came a moment ago.',
  never: 'This extension is not paired with Smokeball yet. Press Pair.',
  expired: 'The pairing has run out. Press Pair again.',
  revoked: 'The pairing was withdrawn in Smokeball. Press Pair again.',
  timeout: 'Smokeball did not answer in time. The call goes on without a pop-up.',
  rate_limited: 'Smokeball is asked too often right now. The call goes on without a pop-up.',
  smokeball_error: 'Smokeball answered with an error. The call goes on without a pop-up.',
  api_disabled: 'The firm’s Smokeball plan has no API access.',
};

/** What the agent should know about an answer's `status` and `reason`; empty when the pop-up says it all. */
export function plainStatus(status: string, reason: string): string {
  const known = BY_REASON[reason] ?? BY_STATUS[status];
  if (known !== undefined) return known;
  return `Matterline answered "${status}"${reason === '' ? '' : ` (${reason})`}.`;
}
