import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import {
  AccessGuard,
  AuthController,
  AuthModule,
  ConnectionController,
  SwitchAccountController,
} from '@matterline/auth';
import { AuditModule } from '@matterline/audit';
import { ContactsModule, ReviewsController } from '@matterline/contacts';
import { DocumentsController, DocumentsModule, ReadBackController } from '@matterline/documents';
import { AlertsController, IssuesController, IssuesModule } from '@matterline/issues';
import { MappingsController, MatterMappingModule, MattersController } from '@matterline/matter-mapping';
import { BodyGuard, type Config, ErrorFilter, IdempotencyInterceptor, PlatformModule } from '@matterline/platform';
import { OverviewController, StatusController, SyncController, SyncModule } from '@matterline/sync';
import { TELEPHONY_CONTROLLERS, TelephonyModule } from '@matterline/telephony';
import {
  CaseHugEventsController,
  ConnectionHealthController,
  EventLogController,
  EventsController,
  ReceiveHookController,
  WebhooksController,
  WebhooksModule,
} from '@matterline/webhooks';
import { HealthController } from './health.controller';
import { MetricsController } from './metrics.controller';

/** Every controller of the product; two tests walk this list. */
export const CONTROLLERS = [
  AuthController,
  ConnectionController,
  SwitchAccountController,
  StatusController,
  SyncController,
  OverviewController,
  ReviewsController,
  IssuesController,
  AlertsController,
  MattersController,
  MappingsController,
  DocumentsController,
  ReadBackController,
  WebhooksController,
  EventLogController,
  EventsController,
  ReceiveHookController,
  CaseHugEventsController,
  ConnectionHealthController,
  HealthController,
  MetricsController,
  ...TELEPHONY_CONTROLLERS,
];

/** The rooms, from the bottom of the staircase to the top. */
export const ROOMS = [
  AuditModule,
  AuthModule,
  SyncModule,
  WebhooksModule,
  ContactsModule,
  IssuesModule,
  MatterMappingModule,
  DocumentsModule,
  TelephonyModule,
];

/** The HTTP process: the rooms with their controllers. */
@Module({})
export class ApiModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: ApiModule,
      imports: [PlatformModule.forRoot(config), ...ROOMS],
      controllers: CONTROLLERS,
      providers: [
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: BodyGuard },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
    };
  }
}
