import 'reflect-metadata';
import { ConfigError, Log, Metrics, readConfig, startMetricsServer } from '@matterline/platform';
import { startListening, startWork } from '@matterline/webhooks';
import { createApi } from './create-api';

/** The HTTP process. In the embedded default (`EMBEDDED_WORKER=on`) it is the worker too. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = new Log(config.logLevel);
  process.on('unhandledRejection', (error) => log.error('process.unhandled_rejection', { error }));
  const app = await createApi(config);
  if (process.env['EMBEDDED_WORKER'] === 'on') await startWork(app);
  else await startListening(app);
  await app.listen(config.port, config.host);
  if (config.metricsPort !== null) await startMetricsServer(app.get(Metrics), config.host, config.metricsPort);
  log.info('api.listening', { port: config.port });
}

main().catch((error: unknown) => {
  const reason =
    error instanceof ConfigError || (error instanceof Error && /wrong master key/.test(error.message))
      ? error.message
      : null;
  const code = (error as { code?: string }).code;
  console.error(
    reason ??
      `The API could not start${code ? ` (${code})` : ''}. Is the database up and migrated (npm run -s cli -- migrate)?`,
  );
  if (reason === null) new Log('info').error('process.start_failed', { error });
  process.exit(1);
});
