import { Injectable } from '@nestjs/common';
import type { Connection, ConnectionState } from '@matterline/contracts';
import { type ConnectionRow, Firms, readConnection, SmokeballAccess } from '@matterline/auth';
import { Database } from '@matterline/platform';

/** How a firm's connection stands. Source: docs/http-api.md#connect. */
@Injectable()
export class ConnectionStatus {
  constructor(
    private readonly database: Database,
    private readonly firms: Firms,
    private readonly access: SmokeballAccess,
  ) {}

  async of(firmId: string): Promise<Connection> {
    const isConfigured = (await this.access.place(firmId)) !== null;
    return await this.database.forFirm(firmId, async (scope) => {
      const firm = await this.firms.read(scope);
      const row = await readConnection(scope);
      const last = await scope.one<{ at: Date | null }>(
        `select max(finished_at) as at from operations where firm_id = $1 and state = 'succeeded'`,
        [firmId],
      );
      const state = stateOf(row, isConfigured);
      const isOn = state === 'connected' || state === 'degraded';
      return {
        connected: isOn,
        state,
        region: firm.region,
        environment: firm.environment,
        firm_name: isOn || state === 'needs_reauth' ? (row?.firm_name ?? null) : null,
        settings: firm.settings,
        last_sync: last?.at?.toISOString() ?? null,
        refresh_expires_at: isOn ? (row?.refresh_expires_at?.toISOString() ?? null) : null,
        webhooks: { state: row?.hook_state ?? 'disabled' },
      };
    });
  }
}

function stateOf(row: ConnectionRow | null, isConfigured: boolean): ConnectionState {
  if (row?.state === 'needs_reauth') return 'needs_reauth';
  if (row?.state === 'connected') return row.hook_state === 'missing' ? 'degraded' : 'connected';
  return isConfigured ? 'disconnected' : 'not_configured';
}
