import { randomBytes } from 'node:crypto';
import fastifyMultipart from '@fastify/multipart';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { MatterPut } from '@matterline/contracts';
import { PutMatter } from '@matterline/matter-mapping';
import { connectionPlace, ConnectionTokens, Firms, type NewFirm } from '@matterline/auth';
import {
  Clock,
  type Config,
  createFastifyAdapter,
  Database,
  FieldCipher,
  type FirmScope,
  Log,
  nestLogger,
  ProcessLink,
  readConfig,
} from '@matterline/platform';
import { ApiModule } from '../../apps/api/src/app.module';
import { createMigratedDatabase, type TestDatabase } from './test-database';
import { TestClock } from './test-clock';
import { watchAnswers } from './watch-answers';

/** The account of a firm that `connect` joined, and the key that signs its webhooks. */
export const ACCOUNT_ID = 'acc-1';
export const HOOK_KEY = 'hook-key';
export const CLIENT_ID = 'client-1';

export interface AppOptions {
  /** Settings besides those that every test needs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the Smokeball of the test answers; nowhere by default. */
  readonly smokeballUrl?: string;
  /** A second process on the database, the key and the clock of another. */
  readonly beside?: AppUnderTest;
}

export interface AppUnderTest {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  readonly clock: TestClock;
  readonly config: Config;
  readonly env: Readonly<Record<string, string>>;
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T;
  inFirm<T>(firmId: string, work: (scope: FirmScope) => Promise<T>): Promise<T>;
  /** A firm with all that `firm:create` gives. */
  firm(
    change?: Partial<NewFirm>,
  ): Promise<{ readonly firmId: string; readonly apiKey: string; readonly webhookSecret: string }>;
  /** Joins a firm to the Smokeball of the test, as if a person had signed in. @returns its hook's id */
  connect(firmId: string, change?: { accountId?: string; hookState?: string }): Promise<string>;
  /** What CaseHug's PUT of a matter does; one client unless `change` says otherwise. */
  put(firmId: string, matterId: string, change?: Partial<MatterPut>): Promise<void>;
  close(): Promise<void>;
}

/** The whole API with every room on a database of its own, its clock in the test's hand; nothing works by itself. */
export async function startApp({ env = {}, smokeballUrl, beside }: AppOptions = {}): Promise<AppUnderTest> {
  const database = beside?.database ?? (await createMigratedDatabase());
  const clock = beside?.clock ?? new TestClock();
  const settings = beside ? { ...beside.env, ...env } : { ...baseSettings(database.url, smokeballUrl), ...env };
  const config = readConfig(settings);
  const app = await createApp(config, clock);
  await app.get(ProcessLink).start();
  const get = <T>(token: Type<T> | (abstract new (...args: never[]) => T)): T => app.get<T>(token);
  const inFirm = <T>(firmId: string, work: (scope: FirmScope) => Promise<T>) => get(Database).forFirm(firmId, work);
  return {
    app,
    database,
    clock,
    config,
    env: settings,
    get,
    inFirm,
    firm: (change) => makeFirm(get(Firms), change),
    connect: (firmId, change) => inFirm(firmId, (scope) => connect(app, clock, scope, change)),
    put: async (firmId, matterId, change) => {
      const client = { id: `cli_${matterId}`, first_name: 'Anna', last_name: 'Rivera', email: 'anna@example.com' };
      const put = { title: 'Rivera', clients: [client], ...change };
      await get(PutMatter).put(firmId, matterId, put, { sync: false, actor: 'key:key_1' });
    },
    close: async () => {
      await app.close();
      if (!beside) await database.drop();
    },
  };
}

function baseSettings(databaseUrl: string, smokeballUrl = 'http://127.0.0.1:9'): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    MASTER_KEY: randomBytes(32).toString('base64'),
    PORT: '0',
    PUBLIC_URL: 'http://matterline.test',
    LOG_LEVEL: 'silent',
    ALLOW_PRIVATE_NETWORKS: 'on',
    SMOKEBALL_RATE: '1000',
    SMOKEBALL_BURST: '10',
    SMOKEBALL_CLIENT_ID: CLIENT_ID,
    SMOKEBALL_CLIENT_SECRET: 'secret-1',
    SMOKEBALL_API_KEY: 'key-1',
    SMOKEBALL_US_AUTH_URL: `${smokeballUrl}/auth`,
    SMOKEBALL_US_API_URL: `${smokeballUrl}/api`,
    SMOKEBALL_US_APP_URL: `${smokeballUrl}/app`,
  };
}

async function createApp(config: Config, clock: TestClock): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ imports: [ApiModule.forRoot(config)] })
    .setLogger(nestLogger(new Log('silent')))
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(
    createFastifyAdapter({ trustProxy: null, tls: null }),
    { bodyParser: false },
  );
  await app.getHttpAdapter().getInstance().register(fastifyMultipart);
  watchAnswers(app.getHttpAdapter().getInstance());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

async function makeFirm(firms: Firms, change: Partial<NewFirm> = {}) {
  const made = await firms.create({
    name: 'Test & Partner',
    caseHugFirmId: `firm_${randomBytes(4).toString('hex')}`,
    region: 'us',
    environment: 'production',
    timezone: 'UTC',
    ...change,
  });
  if (made.apiKey === null || made.webhookSecret === null) throw new Error('this firm was there before');
  return { firmId: made.firmId, apiKey: made.apiKey, webhookSecret: made.webhookSecret };
}

async function connect(
  app: NestFastifyApplication,
  clock: TestClock,
  scope: FirmScope,
  { accountId = ACCOUNT_ID, hookState = 'active' }: { accountId?: string; hookState?: string } = {},
): Promise<string> {
  const hookId = `hook_${scope.firmId}`;
  const key = app.get(FieldCipher).sealText(connectionPlace(scope.firmId, 'hook_key_enc'), HOOK_KEY);
  await scope.change(
    `insert into connections (firm_id, state, account_id, firm_name, connected_at, updated_at, hook_id, hook_key_enc, hook_state)
     values ($1, 'connected', $2, 'Smokeball firm', $3, $3, $4, $5, $6)`,
    [scope.firmId, accountId, clock.now(), hookId, key, hookState],
  );
  await app
    .get(ConnectionTokens)
    .store(scope, { accessToken: 'access-1', refreshToken: 'refresh-1', expiresInS: 365 * 24 * 3600 });
  return hookId;
}
