import { Injectable } from '@nestjs/common';
import { Database } from '@matterline/platform';
import { revokeToken } from '@matterline/smokeball-client';
import { SmokeballAccess } from '../smokeball/smokeball-access';
import { ConnectionListeners } from './connection-listeners';
import { ConnectionRecords } from './connection-records';
import { readConnection } from './connection-row';
import { ConnectionTokens } from './connection-tokens';

/** Tokens and webhook registration go at once, even when Smokeball is away; links and data stay. */
@Injectable()
export class Disconnect {
  constructor(
    private readonly database: Database,
    private readonly access: SmokeballAccess,
    private readonly tokens: ConnectionTokens,
    private readonly listeners: ConnectionListeners,
    private readonly records: ConnectionRecords,
  ) {}

  async disconnect(firmId: string, actor: string): Promise<void> {
    const place = await this.access.place(firmId);
    const row = await this.database.forFirm(firmId, readConnection);
    if (!row || row.state === 'disconnected') return;
    const refreshToken = this.tokens.refreshToken(firmId, row);
    await this.listeners.disconnecting(firmId);
    await this.database.forFirm(firmId, (scope) => this.records.end(scope, actor));
    if (!place || !refreshToken) return;
    const { clientId, clientSecret } = place.app;
    await revokeToken({ hosts: place.hosts, clientId, clientSecret: clientSecret ?? undefined, refreshToken });
  }
}
