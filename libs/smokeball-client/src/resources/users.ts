import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { userSchema, type User } from '../wire/user';

/** People who can sign in. docs/smokeball-api.md#staff */
export class UsersResource {
  constructor(private readonly transport: SmokeballTransport) {}

  /** @param userId a user id from the firm's users, not a staff id */
  get(userId: string, context: CallContext): Promise<CallResult<User>> {
    const path = { id: userId };
    return this.transport.call(
      { method: 'GET', route: '/users/{id}', path, uuids: ['id'], answer: userSchema },
      context,
    );
  }
}
