import type { Region } from '@matterline/smokeball-client';

/** ISO codes of the countries whose number plans we read. */
export const PHONE_COUNTRIES = ['US', 'AU', 'GB'] as const;
export type PhoneCountry = (typeof PHONE_COUNTRIES)[number];

interface CountryPlan {
  readonly callingCode: string;
  /** What is dialled before a foreign number, the country's own first; PBXs pass on the others too. */
  readonly intlPrefixes: readonly string[];
  /** Dialled before a national number; empty where a number is national as it stands. */
  readonly trunkPrefix: string;
  /** A national number without trunk prefix that is complete, area code and all. */
  readonly complete: RegExp;
  /** A number without its area code. */
  readonly local: RegExp;
  /** Dialable numbers outside the plan; they keep their digits. Source: docs/telephony.md#numbers. */
  readonly service: RegExp;
}

export const COUNTRY_PLANS: Readonly<Record<PhoneCountry, CountryPlan>> = {
  US: {
    callingCode: '1',
    intlPrefixes: ['011', '00'],
    trunkPrefix: '',
    complete: /^[2-9]\d{9}$/,
    local: /^[2-9]\d{6}$/,
    service: /^(?:[2-8]11|988)$/,
  },
  AU: {
    callingCode: '61',
    intlPrefixes: ['0011', '00'],
    trunkPrefix: '0',
    complete: /^(?:[2-478]\d{8}|1[389]\d{4}|1[389]\d{8})$/,
    local: /^[2-9]\d{7}$/,
    service: /^(?:106|119[46]|12(?:2\d|[345]\d{1,3}|8\d\d)|13\d{4}|1345\d?)$/,
  },
  GB: {
    callingCode: '44',
    intlPrefixes: ['00'],
    trunkPrefix: '0',
    complete: /^[1-9]\d{8,9}$/,
    local: /^[2-9]\d{4,7}$/,
    service: /^(?:1(?:0[015]|1[19]|16\d{3}|18\d{3}|23|47\d|59))$/,
  },
};

/** The country whose plan is meant where a firm's tenant says none. */
export function countryOfRegion(region: Region): PhoneCountry {
  return region === 'us' ? 'US' : region === 'au' ? 'AU' : 'GB';
}
