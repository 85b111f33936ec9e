import { EventEmitter } from 'node:events';
import type { FaultInput, Json, SimulatorChange } from '../../core';
import { Clock } from '../../store/clock';
import type { SmokeballBehind } from '../smokeball-behind';

/** As much of the simulated Smokeball as the CaseHug and PBX desks see; it holds no records. */
export function fakeCore(): SmokeballBehind & { publicUrl: string } {
  const stored = new Map<string, Json>();
  const noUse = (): never => {
    throw new Error('The desks do not use this.');
  };
  return {
    publicUrl: 'http://simulator.test',
    host: '127.0.0.1',
    clock: new Clock(),
    events: new EventEmitter<{ change: [SimulatorChange] }>(),
    settings: { get: (name) => stored.get(name), put: (name, value) => void stored.set(name, value) },
    asUser: {
      createContact: noUse,
      updateContact: noUse,
      createMatter: noUse,
      updateMatter: noUse,
      addFile: noUse,
      editFile: noUse,
      deleteFile: noUse,
      addFolder: noUse,
      tagContact: noUse,
      tagMatter: noUse,
    },
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
    state: () => undefined,
    findTenant: () => undefined,
    catalogue: noUse,
    seed: () => 1,
    switches: noUse,
    setSwitches: noUse,
    faults: (): readonly (FaultInput & { id: string })[] => [],
    addFault: noUse,
    removeFaults: noUse,
  };
}
