import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ConfigError, Log, Metrics, nestLogger, readConfig, startMetricsServer } from '@matterline/platform';
import { startWork } from '@matterline/webhooks';
import { WorkerModule } from './worker.module';

/** The queue process of a larger installation. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = new Log(config.logLevel);
  process.on('unhandledRejection', (error) => log.error('process.unhandled_rejection', { error }));
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), {
    abortOnError: false,
    logger: nestLogger(log),
  });
  app.enableShutdownHooks();
  await startWork(app);
  if (config.metricsPort !== null) await startMetricsServer(app.get(Metrics), config.host, config.metricsPort);
  log.info('worker.started');
}

main().catch((error: unknown) => {
  const reason =
    error instanceof ConfigError || (error instanceof Error && /wrong master key/.test(error.message))
      ? error.message
      : null;
  const code = (error as { code?: string }).code;
  console.error(
    reason ??
      `The worker could not start${code ? ` (${code})` : ''}. Is the database up and migrated (npm run -s cli -- migrate)?`,
  );
  if (reason === null) new Log('info').error('process.start_failed', { error });
  process.exit(1);
});
