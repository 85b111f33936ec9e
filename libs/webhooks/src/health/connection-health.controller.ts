import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ConnectionHealth as HealthAnswer, Envelope, TestEvent } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { Caller, Policy } from '@matterline/auth';
import { Database } from '@matterline/platform';
import { ConnectionHealth } from './connection-health';
import { TestEvents } from './test-event';

/** Source: docs/http-api.md#connection-health. */
@ApiTags('connection')
@Controller('api/v1/integrations/smokeball/health')
export class ConnectionHealthController {
  constructor(
    private readonly health: ConnectionHealth,
    private readonly tests: TestEvents,
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  /** Sign-in, registration, rights, rate and the newest test event. */
  @Get()
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of states and times' } })
  async get(@Caller() caller: Caller): Promise<Envelope<HealthAnswer>> {
    return { data: await this.health.of(caller.firmId) };
  }

  /** Has Smokeball send us an event; the health then says whether it arrived and how long it took. */
  @Post('test-event')
  @HttpCode(202)
  @Policy({ allow: { scope: 'sync:write' }, audit: 'connection.test_event' })
  async test(@Caller() caller: Caller): Promise<Envelope<TestEvent>> {
    const id = await this.tests.send(caller.firmId);
    await this.database.forFirm(caller.firmId, (scope) =>
      this.audit.record(scope, {
        actor: caller.actor,
        action: 'connection.test_event',
        subject: `firm:${caller.firmId}`,
      }),
    );
    return { data: { id } };
  }
}
