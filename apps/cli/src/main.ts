import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ConfigError, Log, nestLogger, readConfig } from '@matterline/platform';
import { CliModule } from './cli.module';
import { CommandError, COMMANDS, failureLine, type Invocation, migrate, readInvocation } from './commands';

async function run(name: string | undefined, invocation: Invocation): Promise<Record<string, unknown>> {
  const config = readConfig({ ...process.env, REDIS_URL: '' });
  if (name === 'migrate') return await migrate(config.databaseUrl);
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command)
    throw new CommandError(
      `${name ? `There is no command ${name}.` : 'Say which command.'} There are: ${['migrate', ...Object.keys(COMMANDS)].join(', ')}.`,
    );
  const app = await NestFactory.createApplicationContext(CliModule.forRoot({ ...config, logLevel: 'silent' }), {
    abortOnError: false,
    logger: nestLogger(new Log('silent')),
  });
  try {
    return await command(app, invocation);
  } finally {
    await app.close();
  }
}

function print(result: Record<string, unknown>, isJson: boolean): void {
  if (isJson) console.log(JSON.stringify(result));
  else
    for (const [key, value] of Object.entries(result))
      console.log(`${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  const invocation = readInvocation(args);
  print(await run(name, invocation), invocation.isJson);
}

main()
  .then(() => process.exit(0))
  .catch((error: unknown) => {
    console.error(
      error instanceof ConfigError || (error instanceof Error && /wrong master key/.test(error.message))
        ? error.message
        : failureLine(error),
    );
    if (process.env['LOG_LEVEL'] === 'debug') console.error(error);
    process.exit(1);
  });
