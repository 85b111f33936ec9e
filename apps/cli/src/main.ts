import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Config, ConfigError, Log, nestLogger, readConfig } from '@matterline/platform';
import { CliModule } from './cli.module';
import { CommandError, COMMANDS, failureLine, type Invocation, migrate, readInvocation } from './commands';
import { probe } from './probe/command';
import { ProbeFailure } from './probe/probe-failure';
import { helpAsked, usageText, USAGES } from './usage';

/** Matterline without anything that listens or works. */
async function openApplication(config: Config): Promise<INestApplicationContext> {
  return await NestFactory.createApplicationContext(CliModule.forRoot({ ...config, logLevel: 'silent' }), {
    abortOnError: false,
    logger: nestLogger(new Log('silent')),
  });
}

async function run(name: string | undefined, invocation: Invocation): Promise<Record<string, unknown>> {
  const config = readConfig({ ...process.env, REDIS_URL: '' });
  if (name === 'migrate') return await migrate(config.databaseUrl);
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command) throw noCommand(name);
  const app = await openApplication(config);
  try {
    return await command(app, invocation);
  } finally {
    await app.close();
  }
}

function noCommand(name: string | undefined): CommandError {
  const said = name ? `There is no command ${name}.` : 'Say which command.';
  return new CommandError(`${said} There are: ${Object.keys(USAGES).join(', ')}. How one is used: help <command>.`);
}

/** Needs no settings and no database. @throws CommandError for a command that nobody knows */
function help(name: string | null): number {
  const text = usageText(name);
  if (text === undefined) throw noCommand(name ?? undefined);
  console.log(text);
  return 0;
}

function print(result: Record<string, unknown>, isJson: boolean): void {
  if (isJson) console.log(JSON.stringify(result));
  else
    for (const [key, value] of Object.entries(result))
      console.log(`${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const helped = helpAsked(process.argv.slice(2));
  if (helped !== undefined) return help(helped);
  if (name === 'probe') return await probe(args, () => openApplication(readConfig({ ...process.env, REDIS_URL: '' })));
  const invocation = readInvocation(args);
  print(await run(name, invocation), invocation.isJson);
  return 0;
}

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    console.error(
      error instanceof ConfigError ||
        error instanceof ProbeFailure ||
        (error instanceof Error && /wrong master key/.test(error.message))
        ? error.message
        : failureLine(error),
    );
    if (process.env['LOG_LEVEL'] === 'debug') console.error(error);
    process.exit(1);
  });
