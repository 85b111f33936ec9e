import type { Region } from '@matterline/smokeball-client';
import { countryOfRegion, extensionOf, splitForSmokeball, storedNumbers, toE164 } from '../phones';
import type { MemberChange } from './member-change';

/**
 * The three-way rule for a telephone number. The same number written otherwise is no change, on either side: what Smokeball's people
 * typed stays as they typed it, an extension that only they know included.
 */
export function phoneChange(
  agreed: string | null | undefined,
  now: string | null | undefined,
  held: unknown,
  region: Region,
): MemberChange {
  if (now === undefined) return null;
  const [before, wish] = [canonical(agreed, region), canonical(now, region)];
  if (isSame(before, wish)) return null;
  const isTheirs = wish.extension === '' && extensionIn(held) !== before.extension;
  if (wish.number !== '' && holds(held, wish.number, region) && (isTheirs || extensionIn(held) === wish.extension))
    return null;
  if (now && wish.number !== '') {
    const { areaCode: _area, number: _number, ...kept } = (held ?? {}) as Readonly<Record<string, unknown>>;
    return { to: { ...kept, ...splitForSmokeball(now, region) } };
  }
  return before.number !== '' && holds(held, before.number, region) ? { to: undefined } : null;
}

interface Written {
  /** E.164 where it is a number; otherwise what was typed, without blanks. */
  readonly number: string;
  readonly extension: string;
}

function canonical(text: string | null | undefined, region: Region): Written {
  if (!text) return { number: '', extension: '' };
  const e164 = toE164(text, { country: countryOfRegion(region) });
  return e164 === null
    ? { number: text.replace(/\s+/g, ''), extension: '' }
    : { number: e164, extension: extensionOf(text) ?? '' };
}

const isSame = (one: Written, other: Written): boolean =>
  one.number === other.number && one.extension === other.extension;

/** Behind the number, or in the field that some of Smokeball's numbers have for it. */
function extensionIn(held: unknown): string {
  const { number, extension } = (held ?? {}) as { readonly number?: string; readonly extension?: string };
  return extensionOf(number ?? '') ?? extension ?? '';
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
