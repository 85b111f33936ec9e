import { z } from 'zod';
import { CALL_STATES } from '@matterline/contracts';
import { COUNTRY_PLANS, countryOfRegion, PHONE_COUNTRIES, type PhoneCountry } from '@matterline/contacts';
import type { Region } from '@matterline/smokeball-client';

const NUMBER_DIGITS = /^\d{0,6}$/;
/** Digits with `x` for any digit, e.g. `5xx`; several apart by commas. Patterns of our own, so that none can be made to run for long. */
const PATTERN = /^[\dxX]{1,15}(?:\s*,\s*[\dxX]{1,15}){0,19}$/;

const scopeSchema = z.object({
  group: z.string().max(64).default('all'),
  extensions: z.array(z.string().trim().min(1).max(64)).max(5000).default([]),
});

/** How a tenant reads numbers and shows pops, as kept. Unknown members of a stored configuration are dropped. */
const storedSchema = z.object({
  country: z.enum(PHONE_COUNTRIES).nullable().catch(null).default(null),
  area_code: z.string().regex(NUMBER_DIGITS).catch('').default(''),
  intl_prefix: z.string().regex(NUMBER_DIGITS).catch('').default(''),
  scope: scopeSchema.catch({ group: 'all', extensions: [] }).default({ group: 'all', extensions: [] }),
  extension_pattern: z.string().regex(PATTERN).nullable().catch(null).default(null),
  link_template: z.string().nullable().catch(null).default(null),
  pop_on: z.array(z.enum(CALL_STATES)).catch(['ringing']).default(['ringing']),
  max_contacts: z.number().int().min(1).max(10).catch(3).default(3),
});
export type StoredTenantConfig = z.output<typeof storedSchema>;

export const readStoredConfig = (value: unknown): StoredTenantConfig => storedSchema.parse(value ?? {});

const COUNTRY_NAMES: Readonly<Record<string, PhoneCountry>> = {
  US: 'US',
  AU: 'AU',
  GB: 'GB',
  UK: 'GB',
  '1': 'US',
  '61': 'AU',
  '44': 'GB',
};

/** `1`, `61`, `44`, `+61`, `US`, `AU`, `GB` or `UK`. */
export function readCountry(text: string): PhoneCountry | null {
  const key = text.trim().replace(/^\+/, '').toUpperCase();
  return Object.hasOwn(COUNTRY_NAMES, key) ? (COUNTRY_NAMES[key] ?? null) : null;
}

const digits = z.coerce.string().trim().regex(NUMBER_DIGITS, 'must be up to 6 digits');
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'must be a domain name');

/** What `PUT …/config` takes; a member that is absent stays as it was. */
export const configChangeSchema = z.object({
  domains: z.array(domain).min(1).max(50).optional(),
  region: z.enum(['us', 'au', 'uk']).optional(),
  staging: z.boolean().optional(),
  country_code: z.coerce
    .string()
    .refine((text) => readCountry(text) !== null, 'must be 1, 61 or 44')
    .optional(),
  area_code: digits.optional(),
  intl_prefix: digits.optional(),
  scope: scopeSchema.optional(),
  extension_pattern: z
    .string()
    .trim()
    .regex(PATTERN, 'must be digits with x for any digit, such as 5xx')
    .nullable()
    .optional(),
  link_template: z.string().trim().max(500).nullable().optional(),
  pop_on: z.array(z.enum(CALL_STATES)).max(3).optional(),
  max_contacts: z.number().int().min(1).max(10).optional(),
});
export type ConfigChange = z.output<typeof configChangeSchema>;

/** The tenant's own country, else its firm's. */
export const countryOf = (config: StoredTenantConfig, region: Region): PhoneCountry =>
  config.country ?? countryOfRegion(region);

export const callingCodeOf = (country: PhoneCountry) => COUNTRY_PLANS[country].callingCode;

export function isInScope({ scope }: StoredTenantConfig, extension: string): boolean {
  return scope.group === 'all' || scope.extensions.includes(extension);
}

export function fitsPattern({ extension_pattern: patterns }: StoredTenantConfig, user: string): boolean {
  if (patterns === null || !/^\d+$/.test(user)) return false;
  return patterns.split(',').some((pattern) => fits(pattern.trim(), user));
}

function fits(pattern: string, user: string): boolean {
  return (
    pattern.length === user.length && [...pattern].every((sign, at) => /x/i.test(sign) || sign === user.charAt(at))
  );
}
