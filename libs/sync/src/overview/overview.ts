import { Injectable } from '@nestjs/common';
import {
  type Attention,
  type HourCount,
  OPERATION_ERRORS,
  type OperationErrorCode,
  type Overview as OverviewAnswer,
} from '@matterline/contracts';
import { type ConnectionRow, daysUntil, readConnection, SmokeballAccess, thresholdOf } from '@matterline/auth';
import { Clock, Database, type FirmScope, type GateState } from '@matterline/platform';
import { ConnectionStatus } from '../status/status';

const HOUR_MS = 3600_000;
const HOURS_SHOWN = 24;
const ATTENTION_MAX = 6;
/** A new intake costs four calls at five a second (docs/smokeball-api.md#throttling); one operation is about one second. */
const SECONDS_PER_OPERATION = 0.8;

/** Whether everything is all right, in one look. */
@Injectable()
export class Overview {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly status: ConnectionStatus,
    private readonly access: SmokeballAccess,
  ) {}

  async of(firmId: string): Promise<OverviewAnswer> {
    const { state, firm_name: firmName, webhooks } = await this.status.of(firmId);
    return await this.database.forFirm(firmId, async (scope) => {
      const connection = await readConnection(scope);
      const series = await this.series(scope);
      const waiting = await this.waiting(scope);
      const gate = await this.access.gateState(scope);
      const failed = await scope.one<{ count: number }>(
        `select count(*)::int as count from operations where firm_id = $1 and state in ('failed', 'held')`,
        [firmId],
      );
      return {
        connection: { state, firm_name: firmName, webhooks },
        today: { synced: series.reduce((sum, hour) => sum + hour.synced, 0), waiting, failed: failed?.count ?? 0 },
        queue: { waiting, eta_seconds: etaSeconds(waiting, gate) },
        attention: [
          ...awayAttention(gate),
          ...connectionAttention(state),
          ...this.expiring(connection),
          ...(await this.failures(scope)),
        ],
        last_event_at: connection?.last_event_at?.toISOString() ?? null,
        series,
      };
    });
  }

  private expiring(connection: ConnectionRow | null): Attention[] {
    const end = connection?.state === 'connected' ? connection.refresh_expires_at : null;
    const daysLeft = end && daysUntil(end, this.clock.nowMs());
    if (daysLeft === null || thresholdOf(daysLeft) === null) return [];
    return [
      {
        kind: 'connection',
        title:
          daysLeft > 1
            ? `The sign-in at Smokeball ends within ${daysLeft} days`
            : 'The sign-in at Smokeball ends within a day',
        detail: 'Reconnect before then; nothing is interrupted by it.',
        href: '/settings/integrations',
      },
    ];
  }

  private async waiting(scope: FirmScope): Promise<number> {
    const row = await scope.one<{ count: number }>(
      `select count(*)::int as count from operations where firm_id = $1 and state in ('pending', 'running', 'accepted')`,
      [scope.firmId],
    );
    return row?.count ?? 0;
  }

  private async series(scope: FirmScope): Promise<HourCount[]> {
    const now = this.clock.nowMs();
    const firstHour = Math.floor(now / HOUR_MS) * HOUR_MS - (HOURS_SHOWN - 1) * HOUR_MS;
    const rows = await scope.query<{ hour: Date; synced: number; failed: number }>(
      `select date_trunc('hour', finished_at) as hour, count(*) filter (where state = 'succeeded')::int as synced, count(*) filter (where state in ('failed', 'held'))::int as failed
         from operations where firm_id = $1 and finished_at >= $2 group by 1`,
      [scope.firmId, new Date(firstHour)],
    );
    const byHour = new Map(rows.map((row) => [row.hour.getTime(), row]));
    return Array.from({ length: HOURS_SHOWN }, (_, at) => {
      const hour = firstHour + at * HOUR_MS;
      const row = byHour.get(hour);
      return { hour: new Date(hour).toISOString(), synced: row?.synced ?? 0, failed: row?.failed ?? 0 };
    });
  }

  private async failures(scope: FirmScope): Promise<Attention[]> {
    const rows = await scope.query<{ error_code: OperationErrorCode; count: number; id: string }>(
      `select error_code, count(*)::int as count, max(id) as id from operations where firm_id = $1 and state in ('failed', 'held') and error_code is not null
        group by error_code order by count(*) desc limit ${ATTENTION_MAX}`,
      [scope.firmId],
    );
    return rows.map(({ error_code: code, count, id }) => ({
      kind: 'operation',
      title: count === 1 ? OPERATION_ERRORS[code].message : `${OPERATION_ERRORS[code].message} (${count} times)`,
      detail: OPERATION_ERRORS[code].hint,
      href:
        code === 'contact_ambiguous'
          ? '/review'
          : count === 1
            ? `/sync-history/${id}`
            : `/sync-history?error_code=${code}`,
    }));
  }
}

/** Null while nobody can say. */
function etaSeconds(waiting: number, gate: GateState | null): number | null {
  if (waiting === 0) return 0;
  return gate === null || gate.awaySince ? null : Math.ceil((waiting * SECONDS_PER_OPERATION) / gate.speed);
}

function awayAttention(gate: GateState | null): Attention[] {
  if (!gate?.awaySince) return [];
  return [
    {
      kind: 'connection',
      title: 'Smokeball does not answer',
      detail:
        'It is asked again at least once a minute. Waiting work then continues by itself, in its order; nothing is lost.',
      href: '/sync-history?state=pending',
    },
  ];
}

function connectionAttention(state: string): Attention[] {
  const href = '/settings/integrations';
  if (state === 'needs_reauth')
    return [
      {
        kind: 'connection',
        title: 'Smokeball needs you to sign in again',
        detail: 'Waiting work continues by itself once you reconnect.',
        href,
      },
    ];
  if (state === 'degraded')
    return [
      {
        kind: 'connection',
        title: 'Smokeball’s events do not reach us right now',
        detail: 'The registration is looked at again every few minutes.',
        href,
      },
    ];
  return [];
}
