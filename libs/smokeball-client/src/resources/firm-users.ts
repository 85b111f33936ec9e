import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { firmUserSchema, type FirmUser } from '../wire/firm-user';
import { collectionSchema } from '../wire/page';

/** Which user is which staff member. docs/smokeball-api.md#staff */
export class FirmUsersResource {
  constructor(private readonly transport: SmokeballTransport) {}

  /** All of them. Smokeball has moved this address to and fro: where `/firmusers` is unknown, `/firm/users` is asked. */
  async list(context: CallContext): Promise<CallResult<readonly FirmUser[]>> {
    const first = await this.listAt('/firmusers', context);
    if (first.ok || !isUnknownAddress(first.failure)) return first;
    return this.listAt('/firm/users', context);
  }

  private listAt(route: string, context: CallContext): Promise<CallResult<readonly FirmUser[]>> {
    return this.transport.call({ method: 'GET', route, answer: collectionSchema(firmUserSchema) }, context);
  }
}

function isUnknownAddress(failure: { readonly kind: string; readonly code?: string }): boolean {
  return failure.kind === 'not_found' || failure.code === 'unknown_route';
}
