import { ConnectionState, HookState } from '../../connection/data/connection';

export interface HourCount {
  readonly hour: string;
  readonly synced: number;
  readonly failed: number;
}

export interface Attention {
  readonly kind: 'operation' | 'connection' | 'matter';
  readonly title: string;
  readonly detail: string | null;
  readonly href: string;
}

/** Is everything all right, in one answer. Source: docs/http-api.md#console-overview. */
export interface Overview {
  readonly connection: {
    readonly state: ConnectionState;
    readonly firm_name: string | null;
    readonly webhooks: { readonly state: HookState };
  };
  readonly today: { readonly synced: number; readonly waiting: number; readonly failed: number };
  readonly queue: { readonly waiting: number; readonly eta_seconds: number | null };
  readonly attention: readonly Attention[];
  readonly last_event_at: string | null;
  readonly series: readonly HourCount[];
}
