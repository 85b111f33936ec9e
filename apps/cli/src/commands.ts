import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { ENVIRONMENTS, REGIONS, ROLES, type Scope, SCOPES } from '@matterline/contracts';
import { ApiKeys, Firms, PASSWORD_MIN, Users } from '@matterline/auth';
import { ApiError, type Config, CONFIG, Database, type FieldFault } from '@matterline/platform';
import { ConnectionStatus } from '@matterline/sync';
import { Pbxes } from '@matterline/telephony';
import { runMigrations } from '../../../migrations/run';

/** One clear line for whoever typed the command. */
export class CommandError extends Error {}

type Options = Readonly<Record<string, string | boolean | undefined>>;

export interface Invocation {
  readonly options: Options;
  readonly words: readonly string[];
}

type Command = (app: INestApplicationContext, invocation: Invocation) => Promise<Record<string, unknown>>;

const OPTION_NAMES = [
  'name',
  'casehug-firm-id',
  'region',
  'environment',
  'timezone',
  'firm',
  'email',
  'role',
  'domain',
  'country',
  'area-code',
  'scopes',
];

/** Reads the words after the command's name. @throws CommandError for an option nobody knows. */
export function readInvocation(args: readonly string[]): Invocation & { readonly isJson: boolean } {
  const options = {
    ...Object.fromEntries(OPTION_NAMES.map((name) => [name, { type: 'string' } as const])),
    json: { type: 'boolean' } as const,
    'password-stdin': { type: 'boolean' } as const,
  };
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
    return { options: parsed.values, words: parsed.positionals, isJson: parsed.values['json'] === true };
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : 'The options could not be read.');
  }
}

/** The operators' commands. Source: docs/http-api.md#operators-commands. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  'firm:create': async (app, { options }) => {
    const timezone = optional(options, 'timezone') ?? 'UTC';
    if (!isTimezone(timezone))
      throw new CommandError(`--timezone ${timezone} is not a time zone; give one such as America/Chicago.`);
    const created = await app.get(Firms).create({
      name: required(options, 'name'),
      caseHugFirmId: required(options, 'casehug-firm-id'),
      region: oneOf(options, 'region', REGIONS),
      environment: options['environment'] === undefined ? 'production' : oneOf(options, 'environment', ENVIRONMENTS),
      timezone,
    });
    if (created.apiKey === null) return { firm_id: created.firmId };
    return { firm_id: created.firmId, api_key: created.apiKey, casehug_webhook_secret: created.webhookSecret };
  },
  'firm:set': async (app, { options, words }) => {
    const firmId = await firmOf(app, options);
    if (words.length === 0) throw new CommandError('Say what to set, e.g. auto_sync_on_matter_created=true.');
    const changes = Object.fromEntries(words.map(readAssignment));
    const settings = await app
      .get(Database)
      .forFirm(firmId, (scope) => app.get(Firms).change(scope, changes, 'operator'));
    return { firm_id: firmId, settings };
  },
  'user:create': async (app, { options }) => {
    const firmId = await firmOf(app, options);
    const email = required(options, 'email');
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new CommandError(`--email ${email} is not an e-mail address.`);
    const password = options['password-stdin'] === true ? readPassword() : null;
    const created = await app
      .get(Users)
      .create(firmId, email, oneOf(options, 'role', ROLES), password)
      .catch((error: unknown) => {
        throw new CommandError(error instanceof Error ? `${error.message}.` : 'The user could not be made.');
      });
    if (created.invitation === null) return { user_id: created.userId };
    return {
      user_id: created.userId,
      invitation_url: `${app.get<Config>(CONFIG).publicUrl}/invitation#${created.invitation}`,
    };
  },
  'pbx:create': async (app, { options }) => {
    const firmId = await firmOf(app, options);
    const country =
      options['country'] === undefined ? undefined : oneOf(options, 'country', ['US', 'AU', 'GB'] as const);
    const created = await app
      .get(Pbxes)
      .create(firmId, { domain: required(options, 'domain'), country, areaCode: optional(options, 'area-code') });
    return created.tenantKey === null
      ? { tenant_id: created.tenantId }
      : { tenant_id: created.tenantId, tenant_key: created.tenantKey };
  },
  'apikey:create': async (app, { options }) => {
    const firmId = await firmOf(app, options);
    const key = await app.get(ApiKeys).create(firmId, readScopes(required(options, 'scopes')));
    return key.apiKey === null ? { id: key.id } : { id: key.id, api_key: key.apiKey };
  },
  'apikey:revoke': async (app, { words }) => {
    const [id] = words;
    if (!id) throw new CommandError('Say which key to revoke: apikey:revoke key_…');
    if (!(await app.get(ApiKeys).revoke(id))) throw new CommandError(`There is no key ${id}.`);
    return { id, revoked: true };
  },
  'platform-key:create': async (app) => {
    const key = await app.get(ApiKeys).createPlatform();
    return key.apiKey === null ? { id: key.id } : { id: key.id, api_key: key.apiKey };
  },
  status: async (app) => {
    const firms = await app.get(Database).directory<{ firm_id: string }>('all_firms()');
    const rows = [];
    for (const { firm_id: firmId } of firms) {
      const firm = await app.get(Firms).get(firmId);
      const status = await app.get(ConnectionStatus).of(firmId);
      rows.push({
        firm_id: firmId,
        casehug_firm_id: firm.caseHugFirmId,
        name: firm.name,
        state: status.state,
        webhooks: status.webhooks.state,
        last_sync: status.last_sync,
      });
    }
    return { database: 'ok', firms: rows };
  },
};

/** `migrate` runs before any other part of the application can. */
export async function migrate(databaseUrl: string): Promise<Record<string, unknown>> {
  return { migrations: await runMigrations(databaseUrl) };
}

async function firmOf(app: INestApplicationContext, options: Options): Promise<string> {
  const reference = required(options, 'firm');
  const firmId = await app.get(Firms).find(reference);
  if (!firmId) throw new CommandError(`There is no firm ${reference}. Make it with firm:create.`);
  return firmId;
}

function required(options: Options, name: string): string {
  const value = optional(options, name);
  if (value === undefined) throw new CommandError(`--${name} is required.`);
  return value;
}

function optional(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function oneOf<T extends string>(options: Options, name: string, allowed: readonly T[]): T {
  const value = required(options, name);
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new CommandError(`--${name} must be one of ${allowed.join(', ')}.`);
  return found;
}

function readScopes(text: string): Scope[] {
  const scopes = text
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean);
  const unknown = scopes.filter((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown.length > 0 || scopes.length === 0)
    throw new CommandError(`Not scopes: ${unknown.join(', ') || 'nothing'}. There are: ${SCOPES.join(', ')}.`);
  return scopes as Scope[];
}

function readAssignment(word: string): [string, unknown] {
  const at = word.indexOf('=');
  if (at < 1) throw new CommandError(`${word} is not of the form KEY=VALUE.`);
  const value = word.slice(at + 1);
  return [word.slice(0, at), value === 'true' ? true : value === 'false' ? false : value];
}

function readPassword(): string {
  const password = readFileSync(0, 'utf8').replace(/\r?\n$/, '');
  if (password.length < PASSWORD_MIN) {
    throw new CommandError(`The password must have at least ${PASSWORD_MIN} characters.`);
  }
  return password;
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What went wrong, in one line. */
export function failureLine(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  if (error instanceof ApiError) {
    const fields = (error.details['fields'] as FieldFault[] | undefined) ?? [];
    return fields.length > 0 ? fields.map((fault) => `${fault.field} ${fault.message}`).join('; ') : error.message;
  }
  const code = (error as { code?: string } | null)?.code;
  return code === '42P01' || code === '3F000'
    ? 'The database is not migrated yet. Run: npm run -s cli -- migrate'
    : `The command failed${code ? ` (${code})` : ''}.`;
}
