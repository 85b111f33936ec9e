import { EventEmitter } from 'node:events';
import type { FaultInput, Json, SimulatorChange, SimulatorCore } from '../../core';
import { Clock } from '../../store/clock';

type FirmState = NonNullable<ReturnType<SimulatorCore['state']>>['firms'][number];

/** As much of the simulated Smokeball as the desks see, over firms that a test made up. */
export function fakeCore(firms: readonly FirmState[] = []): SimulatorCore & { publicUrl: string } {
  const stored = new Map<string, Json>();
  const noUse = (): never => {
    throw new Error('The desks do not use this.');
  };
  return {
    publicUrl: 'http://simulator.test',
    clock: new Clock(),
    events: new EventEmitter<{ change: [SimulatorChange] }>(),
    settings: { get: (name) => stored.get(name), put: (name, value) => void stored.set(name, value) },
    asUser: { createContact: noUse, updateContact: noUse, createMatter: noUse, updateMatter: noUse, addFile: noUse },
    tenants: () => [
      {
        name: 'us',
        region: 'us',
        environment: 'production',
        authUrl: 'x',
        apiUrl: 'x',
        appUrl: 'http://simulator.test/us/app',
      },
    ],
    state: (tenant) => (tenant === 'us' ? { tenant, firms } : undefined),
    switches: noUse,
    setSwitches: noUse,
    faults: (): readonly (FaultInput & { id: string })[] => [],
    addFault: noUse,
    removeFaults: noUse,
  };
}
