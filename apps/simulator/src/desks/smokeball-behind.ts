import type { SimulatorCore } from '../core';
import type { MatterTypeCatalogue } from '../model/matter-type-catalogue';
import type { Tenant } from '../model/tenant';

/** The simulated Smokeball as its own pages read it: besides what the desks use, the records themselves and not a copy of all of them. */
export interface SmokeballBehind extends SimulatorCore {
  findTenant(name: string): Tenant | undefined;
  catalogue(tenant: string): MatterTypeCatalogue;
  seed(): number;
}
