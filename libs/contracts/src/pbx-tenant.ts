import { z } from 'zod';
import type { Answer } from './answer';
import { CALL_STATES } from './call-words';
import { REGIONS } from './connection-words';

/** How a PBX tenant reads numbers and shows pops, as it is after `PUT …/config`. Source: docs/telephony.md#tenants. */
export const tenantConfigSchema = z.object({
  tenant_id: z.string(),
  domains: z.array(z.string()),
  region: z.enum(REGIONS),
  staging: z.boolean(),
  country_code: z.string(),
  area_code: z.string(),
  intl_prefix: z.string(),
  scope: z.object({ group: z.string(), extensions: z.array(z.string()) }),
  extension_pattern: z.string().nullable(),
  link_template: z.string().nullable(),
  pop_on: z.array(z.enum(CALL_STATES)),
  max_contacts: z.int().min(1).max(10),
});
export type TenantConfig = Answer<typeof tenantConfigSchema>;

const count = () => z.int().min(0);

/** What `PUT …/extensions` changed. */
export const extensionCountsSchema = z.object({ total: count(), added: count(), updated: count(), removed: count() });
export type ExtensionCounts = Answer<typeof extensionCountsSchema>;
