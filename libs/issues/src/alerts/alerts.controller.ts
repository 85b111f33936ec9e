import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Alerts, alertSettingsSchema, type AlertTest, type Envelope } from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { parseOrThrow } from '@matterline/platform';
import { AlertSettingsStore } from './alert-settings';
import { TestAlerts } from './test-alerts';

/** Who is told of issues. Source: docs/http-api.md#alerts. */
@ApiTags('issues')
@Controller('api/v1/alerts')
export class AlertsController {
  constructor(
    private readonly settings: AlertSettingsStore,
    private readonly tests: TestAlerts,
  ) {}

  /** The settings, and whether e-mail can be sent at all. */
  @Get()
  @Policy({ allow: { role: 'firm_admin' }, audit: { none: 'reading of settings' } })
  async get(@Caller() caller: Caller): Promise<Envelope<Alerts>> {
    return { data: await this.settings.get(caller.firmId) };
  }

  /** Replaces the settings; what is left out takes its default. */
  @Put()
  @Policy({ allow: { role: 'firm_admin' }, audit: 'alerts.change' })
  async put(@Caller() caller: Caller, @Body() body: unknown): Promise<Envelope<Alerts>> {
    return { data: await this.settings.put(caller.firmId, parseOrThrow(alertSettingsSchema, body), caller.actor) };
  }

  /** Sends a test message to each target and says what happened. */
  @Post('test')
  @HttpCode(200)
  @Policy({ allow: { role: 'firm_admin' }, audit: 'alerts.test' })
  async test(@Caller() caller: Caller): Promise<Envelope<AlertTest[]>> {
    return { data: await this.tests.run(caller.firmId, caller.actor) };
  }
}
