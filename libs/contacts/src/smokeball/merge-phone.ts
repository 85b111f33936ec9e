import type { Region } from '@matterline/smokeball-client';
import { countryOfRegion, splitForSmokeball, storedNumbers, toE164 } from '../phones';
import type { MemberChange } from './member-change';

/**
 * The three-way rule for a telephone number. The same number written otherwise is no change, on either side: what Smokeball's people
 * typed stays as they typed it.
 */
export function phoneChange(
  agreed: string | null | undefined,
  now: string | null | undefined,
  held: unknown,
  region: Region,
): MemberChange {
  if (now === undefined) return null;
  const [before, wish] = [agreed, now].map((text) => canonical(text, region));
  if (wish === before || (wish !== '' && holds(held, wish ?? '', region))) return null;
  if (now && wish !== '') {
    const { areaCode: _area, number: _number, ...kept } = (held ?? {}) as Readonly<Record<string, unknown>>;
    return { to: { ...kept, ...splitForSmokeball(now, region) } };
  }
  return before !== undefined && before !== '' && holds(held, before, region) ? { to: undefined } : null;
}

/** E.164 where it is a number; otherwise what was typed, without blanks. */
function canonical(text: string | null | undefined, region: Region): string {
  return text ? (toE164(text, { country: countryOfRegion(region) }) ?? text.replace(/\s+/g, '')) : '';
}

function holds(held: unknown, wish: string, region: Region): boolean {
  if (typeof held !== 'object' || held === null) return false;
  const { areaCode, number } = held as { readonly areaCode?: string; readonly number?: string };
  const stored = storedNumbers(number ?? '', areaCode ?? '', countryOfRegion(region));
  return (
    stored.some((one) => ('whole' in one ? one.whole : one.local) === wish) ||
    `${areaCode ?? ''}${number ?? ''}`.replace(/\s+/g, '') === wish
  );
}
