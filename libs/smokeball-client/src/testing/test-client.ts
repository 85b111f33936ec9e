import { createSmokeballClient, type SmokeballClient, type SmokeballClientOptions } from '../client';
import type { CallContext } from '../http/call-context';
import { countingGate, type CountingGate } from './counting-gate';

export const CONTEXT: CallContext = { lane: 'person', firmId: 'firm-1', requestId: 'req-1' };

/** A client that talks to one address for everything. */
export function testClient(
  url: string,
  overrides: Partial<SmokeballClientOptions> = {},
): { readonly client: SmokeballClient; readonly gate: CountingGate } {
  const gate = countingGate();
  const client = createSmokeballClient({
    hosts: { auth: url, api: url, app: url },
    clientId: 'client-1',
    apiKey: 'key-1',
    accessToken: async () => 'token-1',
    gate,
    ...overrides,
  });
  return { client, gate };
}
