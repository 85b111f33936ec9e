import type { EventEmitter } from 'node:events';
import type { AsUserActions } from './control/as-user-actions';
import type { TenantState } from './control/tenant-state';
import type { Clock } from './store/clock';
import type { Switches } from './control/switches';

/** A JSON value as it is stored and sent. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Something happened that a live page may want to show. `id` is the record's id, `tenant` the tenant's name. */
export interface SimulatorChange {
  readonly kind: 'contact' | 'matter' | 'file' | 'request' | 'delivery' | 'switches' | 'faults' | 'clock' | 'reset';
  readonly tenant?: string;
  readonly id?: string;
}

/** Small JSON documents that survive a restart (and a reset) when the simulator has a data folder. */
export interface SettingsStore {
  get(name: string): Json | undefined;
  put(name: string, value: Json): void;
}

export interface TenantInfo {
  /** `us`, `us-staging`, `au`, `au-staging`, `uk`, `uk-staging`. */
  readonly name: string;
  readonly region: 'us' | 'au' | 'uk';
  readonly environment: 'production' | 'staging';
  /** Absolute, without a trailing slash: `{publicUrl}/{name}/auth` and so on. */
  readonly authUrl: string;
  readonly apiUrl: string;
  readonly appUrl: string;
}

/** One fault, as `POST /_sim/faults` takes it; see README.md, "Faults". */
export interface FaultInput {
  readonly tenant?: string;
  /** `POST /contacts` (method and path template of the API), `POST /oauth2/token`, `PUT /s3`, `GET /s3`, or `*`. */
  readonly route: string;
  readonly fault: {
    readonly status?: number;
    readonly delay_ms?: number;
    readonly hang?: boolean;
    readonly reset?: 'before' | 'after';
    readonly async_error?: string;
  };
  readonly count?: number;
  readonly id?: string;
}

/**
 * What the desks may use of the simulated Smokeball. The desks register their own routes, among them
 * `GET`/`PUT /_sim/casehug` and `/_sim/pbx`, and keep their settings in `settings`.
 */
export interface SimulatorCore {
  /** `http://localhost:3010`, without a trailing slash; known once the server listens, so read it late. */
  readonly publicUrl: string;
  /** The name or address it listens on. */
  readonly host: string;
  readonly clock: Clock;
  /** Emits `change` with a `SimulatorChange`. */
  readonly events: EventEmitter<{ change: [SimulatorChange] }>;
  readonly settings: SettingsStore;
  /** Changes "as a Smokeball user": visible at once, events with source "Smokeball". */
  readonly asUser: AsUserActions;
  tenants(): readonly TenantInfo[];
  /** The same document as `GET /_sim/{tenant}/state`; undefined for an unknown tenant. */
  state(tenant: string): TenantState | undefined;
  switches(): Switches;
  setSwitches(patch: Readonly<Record<string, unknown>>): Switches;
  faults(): readonly (FaultInput & { readonly id: string })[];
  addFault(fault: FaultInput): FaultInput & { readonly id: string };
  /** Without an id: all faults. */
  removeFaults(id?: string): void;
}
