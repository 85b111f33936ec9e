import { Injectable } from '@nestjs/common';
import { ApiError, Database } from '@matterline/platform';
import { revokeToken } from '@matterline/smokeball-client';
import { SmokeballAccess } from '../smokeball/smokeball-access';
import { AccountQuestions } from './account-questions';
import { ConnectionListeners } from './connection-listeners';
import { ConnectionRecords } from './connection-records';
import { readConnection } from './connection-row';
import { ConnectionTokens } from './connection-tokens';

/** A person has said that the other account is meant: the present one is left, its links are kept apart, and the other one begins. */
@Injectable()
export class SwitchAccount {
  constructor(
    private readonly database: Database,
    private readonly access: SmokeballAccess,
    private readonly questions: AccountQuestions,
    private readonly records: ConnectionRecords,
    private readonly tokens: ConnectionTokens,
    private readonly listeners: ConnectionListeners,
  ) {}

  /** @throws ApiError `not_found` when the question is not open any more. */
  async confirm(firmId: string, questionId: string): Promise<void> {
    const open = await this.questions.open(firmId);
    if (open?.id !== questionId) throw over();
    const place = await this.access.place(firmId);
    const row = await this.database.forFirm(firmId, readConnection);
    const oldToken = row && this.tokens.refreshToken(firmId, row);
    // While its tokens still work; our registration must not go on telling of an account that is left.
    if (row?.state === 'connected') await this.listeners.disconnecting(firmId);
    await this.database.forFirm(firmId, async (scope) => {
      const connection = await this.questions.take(scope, questionId);
      if (!connection) throw over();
      await this.records.begin(scope, connection, { mayLeaveAccount: true });
    });
    await this.listeners.connected(firmId);
    if (!place || !oldToken) return;
    const { clientId, clientSecret } = place.app;
    await revokeToken({
      hosts: place.hosts,
      clientId,
      clientSecret: clientSecret ?? undefined,
      refreshToken: oldToken,
    });
  }
}

function over(): ApiError {
  return new ApiError('not_found', 'This question is no longer open. Connect again to be asked anew.');
}
