import type { SimulatorCore } from '../../core';

/** One firm of a tenant, as the core shows it. */
export type FirmState = NonNullable<ReturnType<SimulatorCore['state']>>['firms'][number];
