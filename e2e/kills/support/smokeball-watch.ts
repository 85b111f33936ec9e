import { mustCall } from '../../support/http';
import { waitFor } from '../../support/wait-for';

/** One call as the simulator recorded it; `status` null when it was cut off. */
export interface SeenCall {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly template: string | null;
  readonly path: string;
  readonly status: number | null;
  readonly request_id: string | null;
  readonly duration_ms: number;
}

const LOOK_EVERY_MS = 10;

/** Watches the simulated Smokeball from its control plane, and sets its faults. */
export class SmokeballWatch {
  constructor(private readonly url: string) {}

  async calls(since = 0): Promise<SeenCall[]> {
    return (await mustCall('GET', `${this.url}/_sim/requests?since=${since}&tenant=us`)) as SeenCall[];
  }

  async newest(): Promise<number> {
    return (await this.calls()).at(-1)?.seq ?? 0;
  }

  async switches(change: Readonly<Record<string, unknown>>): Promise<void> {
    await mustCall('PATCH', `${this.url}/_sim/switches`, { json: change });
  }

  /** @returns the fault's id. */
  async fault(route: string, fault: Readonly<Record<string, unknown>>, count?: number): Promise<string> {
    const made = (await mustCall('POST', `${this.url}/_sim/faults`, { json: { route, fault, count } })) as {
      id: string;
    };
    return made.id;
  }

  async mend(): Promise<void> {
    await mustCall('DELETE', `${this.url}/_sim/faults`);
  }

  /** Resolves when a fault with a count has met its last call: that call is in flight now. */
  async untilMet(faultId: string, limitMs: number): Promise<void> {
    await waitFor(
      'a call to meet the fault',
      async () => {
        const standing = (await mustCall('GET', `${this.url}/_sim/faults`)) as { id: string }[];
        return standing.every(({ id }) => id !== faultId);
      },
      { limitMs, everyMs: LOOK_EVERY_MS },
    );
  }

  /** Resolves with the first call after `since` that fits, once it is over. */
  async untilOver(what: string, since: number, fits: (seen: SeenCall) => boolean, limitMs: number): Promise<SeenCall> {
    return await waitFor(what, async () => (await this.calls(since)).find(fits), { limitMs, everyMs: LOOK_EVERY_MS });
  }
}

/** Whether a call went to a route; what stands inside braces does not matter. */
export function isOn(seen: SeenCall, route: string): boolean {
  const bare = (text: string) => text.replace(/\{[^}]*\}/g, '{}');
  return bare(routeOf(seen)) === bare(route);
}

export const routeOf = ({ method, template }: SeenCall): string => `${method} ${template ?? ''}`;
