import { randomBytes } from 'node:crypto';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AuditModule } from '@matterline/audit';
import { AccessGuard, AuthModule, ConnectionController } from '@matterline/auth';
import { ContactsModule } from '@matterline/contacts';
import { IssuesModule } from '@matterline/issues';
import { MatterMappingModule } from '@matterline/matter-mapping';
import {
  BodyGuard,
  Clock,
  createFastifyAdapter,
  ErrorFilter,
  PlatformModule,
  ProcessLink,
  readConfig,
} from '@matterline/platform';
import { SyncModule } from '@matterline/sync';
import { WebhooksModule } from '@matterline/webhooks';
import { TELEPHONY_CONTROLLERS } from '../telephony-controllers';
import { watchAnswers } from '../../../../config/testing/watch-answers';
import { TelephonyModule } from '../telephony.module';

/** A clock that a test can push on; it runs in between. */
export class MovableClock extends Clock {
  aheadMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

export interface AppSettings {
  readonly databaseUrl: string;
  readonly smokeballUrl: string;
  readonly masterKey: string;
  readonly clock?: Clock;
}

export const newMasterKey = () => randomBytes(32).toString('base64');

/** One API process with the telephony room, on a free port. */
export async function startTelephonyApp(settings: AppSettings): Promise<{ app: NestFastifyApplication; url: string }> {
  const config = readConfig({
    DATABASE_URL: settings.databaseUrl,
    MASTER_KEY: settings.masterKey,
    PUBLIC_URL: 'http://matterline.example',
    LOG_LEVEL: 'error',
    ALLOW_PRIVATE_NETWORKS: 'on',
    SMOKEBALL_CLIENT_ID: 'client',
    SMOKEBALL_CLIENT_SECRET: 'secret',
    SMOKEBALL_API_KEY: 'key',
    SMOKEBALL_RATE: '1000',
    SMOKEBALL_BURST: '1000',
    SMOKEBALL_US_AUTH_URL: `${settings.smokeballUrl}/auth`,
    SMOKEBALL_US_API_URL: `${settings.smokeballUrl}/api`,
    SMOKEBALL_US_APP_URL: 'https://app.smokeball.example',
    SMOKEBALL_AU_AUTH_URL: `${settings.smokeballUrl}/auth`,
    SMOKEBALL_AU_API_URL: `${settings.smokeballUrl}/api`,
    SMOKEBALL_AU_APP_URL: 'https://app.smokeball.au.example',
  });
  const module = Test.createTestingModule({
    imports: [
      PlatformModule.forRoot(config),
      AuditModule,
      AuthModule,
      SyncModule,
      WebhooksModule,
      ContactsModule,
      IssuesModule,
      MatterMappingModule,
      TelephonyModule,
    ],
    controllers: [ConnectionController, ...TELEPHONY_CONTROLLERS],
    providers: [
      { provide: APP_FILTER, useClass: ErrorFilter },
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_GUARD, useClass: BodyGuard },
    ],
  });
  if (settings.clock) module.overrideProvider(Clock).useValue(settings.clock);
  const compiled = await module.compile();
  const app = compiled.createNestApplication<NestFastifyApplication>(
    createFastifyAdapter({ trustProxy: null, tls: null }),
    { bodyParser: false },
  );
  watchAnswers(app.getHttpAdapter().getInstance());
  await app.listen(0, '127.0.0.1');
  await app.get(ProcessLink).start();
  const { port } = app.getHttpServer().address() as { port: number };
  return { app, url: `http://127.0.0.1:${port}` };
}
