import { COUNTRY_PLANS } from './phone-country';
import { areaDigits, type NumberPlan, toE164 } from './to-e164';

/** The digits after the tenant's own area code; null where the number is in another area or country. */
export function localPart(e164: string, plan: NumberPlan): string | null {
  const { callingCode, trunkPrefix, local } = COUNTRY_PLANS[plan.country];
  const area = areaDigits(plan.areaCode, trunkPrefix);
  const start = `+${callingCode}${area}`;
  if (area === '' || !e164.startsWith(start)) return null;
  const rest = e164.slice(start.length);
  return local.test(rest) && toE164(rest, plan) === e164 ? rest : null;
}
