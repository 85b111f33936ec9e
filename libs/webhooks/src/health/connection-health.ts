import { Injectable } from '@nestjs/common';
import type { ConnectionHealth as HealthAnswer } from '@matterline/contracts';
import { type ConnectionRow, daysUntil, NEEDED_SCOPES, readConnection, SmokeballAccess } from '@matterline/auth';
import { Clock, Database, type FirmScope } from '@matterline/platform';
import { ConnectionStatus } from '@matterline/sync';
import { Subscriptions } from '../subscriptions/subscriptions';
import { type TestEventSeen, TestEvents } from './test-event';

/** The connection's health in one answer; nothing is asked of Smokeball for it. Source: docs/http-api.md#connection-health */
@Injectable()
export class ConnectionHealth {
  constructor(
    private readonly database: Database,
    private readonly status: ConnectionStatus,
    private readonly access: SmokeballAccess,
    private readonly subscriptions: Subscriptions,
    private readonly tests: TestEvents,
    private readonly clock: Clock,
  ) {}

  async of(firmId: string): Promise<HealthAnswer> {
    const { state } = await this.status.of(firmId);
    return await this.database.forFirm(firmId, async (scope) => {
      const row = await readConnection(scope);
      return {
        state,
        token: this.token(row),
        subscription: this.subscription(row),
        last_event_at: row?.last_event_at?.toISOString() ?? null,
        last_reconcile_at: null,
        scopes: scopes(row),
        rate_gate: await this.rateGate(scope),
        test_event: shown(await this.tests.newest(scope, row)),
      };
    });
  }

  private token(row: ConnectionRow | null): HealthAnswer['token'] {
    const isOn = row?.state === 'connected';
    const ends = isOn ? row.refresh_expires_at : null;
    return {
      connected_at: row?.state === 'disconnected' ? null : text(row?.connected_at),
      issued_at: isOn ? text(row.token_issued_at) : null,
      access_expires_at: isOn ? text(row.access_expires_at) : null,
      refresh_expires_at: text(ends),
      days_left: ends && daysUntil(ends, this.clock.nowMs()),
    };
  }

  private subscription(row: ConnectionRow | null): HealthAnswer['subscription'] {
    const state = row?.hook_state ?? 'disabled';
    return {
      state,
      id: state === 'disabled' ? null : (row?.subscription_id ?? null),
      checked_at: text(row?.hook_checked_at),
      missing_since: state === 'missing' ? text(row?.hook_missing_since ?? row?.hook_good_at) : null,
      wanted: this.subscriptions.wanted(),
      held: state === 'active' ? [...(row?.hook_types ?? [])] : [],
    };
  }

  private async rateGate(scope: FirmScope): Promise<HealthAnswer['rate_gate']> {
    const gate = await this.access.gateState(scope);
    if (!gate) return null;
    const row = await scope.one<{ count: number }>(
      `select count(*)::int as count from operations where firm_id = $1 and state in ('pending', 'running', 'accepted')`,
      [scope.firmId],
    );
    return {
      away_since: text(gate.awaySince),
      asked_again_in_ms: gate.awayMs,
      slowdown: Math.max(1, 1 / gate.speed),
      waiting: row?.count ?? 0,
    };
  }
}

function scopes(row: ConnectionRow | null): HealthAnswer['scopes'] {
  const granted = row && row.scopes.length > 0 ? [...row.scopes].sort() : null;
  return {
    granted,
    needed: [...NEEDED_SCOPES],
    missing: granted ? NEEDED_SCOPES.filter((scope) => !granted.includes(scope)) : [],
  };
}

function shown(test: TestEventSeen | null): HealthAnswer['test_event'] {
  if (!test) return null;
  const { id, sentAt, receivedAt } = test;
  return {
    id,
    sent_at: sentAt.toISOString(),
    received_at: text(receivedAt),
    round_trip_ms: receivedAt && receivedAt.getTime() - sentAt.getTime(),
  };
}

const text = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
