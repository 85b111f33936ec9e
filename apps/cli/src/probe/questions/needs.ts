import type { Need, ProbePlace } from '../probe';

const FLAGS: Readonly<Record<Need, string>> = {
  write: '--write',
  receiver: '--write and --receiver-url',
  throttle: '--throttle',
  'second-sign-in': '--second-sign-in',
};

/** The option that is missing for a question, in words; null when it can be asked. */
export function missingFlag(needs: readonly Need[], place: ProbePlace, isThrottling: boolean): string | null {
  const has: Readonly<Record<Need, boolean>> = {
    write: place.throwAway !== null,
    receiver: place.receiver !== null && place.throwAway !== null,
    throttle: isThrottling,
    'second-sign-in': place.second !== null,
  };
  const missing = needs.filter((need) => !has[need]);
  return missing.length === 0 ? null : missing.map((need) => FLAGS[need]).join(', ');
}
