import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChangeNotices } from './changes/change-notices';
import { Clock, SystemClock } from './clock/clock';
import type { Config } from './config/config';
import { CONFIG } from './config/config-token';
import { FieldCipher } from './crypto/field-cipher';
import { KeyRing } from './crypto/key-ring';
import { SearchHasher } from './crypto/search-hash';
import { appDataSource } from './database/data-source';
import { Database } from './database/database';
import { DatabaseKeyStore } from './database/key-store';
import { ProcessLink } from './database/process-link';
import { IdempotencyKeys } from './http/idempotency';
import { Log } from './logging/log';
import { BULL_QUEUE, BullWorkQueue } from './queue/bull-work-queue';
import { Dispatcher } from './queue/dispatcher';
import { NotifyWorkQueue } from './queue/notify-work-queue';
import { Metrics } from './metrics/metrics';
import { WorkQueue } from './queue/work-queue';
import { RateLines } from './rate/rate-line';
import { RateSlots } from './rate/rate-slots';

const POOL_SIZE = 20;
const DATABASE_RETRY_MS = 1_000;
const DATABASE_RETRIES = 60;

/** Everything below the rooms, built from one configuration. Global, because every room stands on it. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config): DynamicModule {
    const queue = config.redisUrl === null ? NotifyWorkQueue : BullWorkQueue;
    return {
      module: PlatformModule,
      imports: [
        ScheduleModule.forRoot(),
        TypeOrmModule.forRoot({
          ...appDataSource({ databaseUrl: config.databaseUrl, poolSize: POOL_SIZE }),
          retryDelay: DATABASE_RETRY_MS,
          retryAttempts: DATABASE_RETRIES,
        }),
        ...(config.redisUrl === null
          ? []
          : [BullModule.forRoot({ url: config.redisUrl }), BullModule.registerQueue({ name: BULL_QUEUE })]),
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Clock, useClass: SystemClock },
        { provide: Log, useFactory: () => new Log(config.logLevel) },
        { provide: ProcessLink, useFactory: (log: Log) => new ProcessLink(config.databaseUrl, log), inject: [Log] },
        Database,
        {
          provide: KeyRing,
          useFactory: (database: Database) => KeyRing.unlock(config.masterKey, new DatabaseKeyStore(database)),
          inject: [Database],
        },
        { provide: FieldCipher, useFactory: (keys: KeyRing) => new FieldCipher(keys), inject: [KeyRing] },
        { provide: SearchHasher, useFactory: (keys: KeyRing) => new SearchHasher(keys), inject: [KeyRing] },
        { provide: WorkQueue, useClass: queue },
        Dispatcher,
        ChangeNotices,
        IdempotencyKeys,
        RateSlots,
        RateLines,
        Metrics,
      ],
      exports: [
        CONFIG,
        Clock,
        Log,
        ProcessLink,
        Database,
        FieldCipher,
        SearchHasher,
        WorkQueue,
        Dispatcher,
        ChangeNotices,
        IdempotencyKeys,
        RateLines,
        Metrics,
      ],
    };
  }
}
