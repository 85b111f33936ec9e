import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { firmSchema, type Firm } from '../wire/firm';

/** The account behind the token; there is no `/me`. docs/smokeball-api.md#staff */
export class FirmResource {
  constructor(private readonly transport: SmokeballTransport) {}

  get(context: CallContext): Promise<CallResult<Firm>> {
    return this.transport.call({ method: 'GET', route: '/firm', answer: firmSchema }, context);
  }
}
