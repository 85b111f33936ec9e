import { SCOPES } from '@matterline/contracts';
import { PROBE_OPTIONS } from './probe/probe-usage';
import type { Usage } from './usage-of';

const FIRM = ['--firm F', 'the firm: our id (firm_…) or CaseHug’s'] as const;
const PROGRAM = 'npm run -s cli --';

/** How each command is used. Source: docs/http-api.md#operators-commands. */
export const USAGES: Readonly<Record<string, Usage>> = {
  migrate: { does: 'Brings the database up to date.', words: '', options: [], example: 'migrate' },
  'firm:create': {
    does: 'Makes a firm, with an API key for all scopes and the secret that CaseHug signs its events with.',
    words: '',
    options: [
      ['--name N', 'the firm’s name'],
      ['--casehug-firm-id F', 'the firm’s id at CaseHug'],
      ['--region R', 'where its Smokeball is: us, au or uk'],
      ['--environment E', 'production or staging (default: production)'],
      ['--timezone TZ', 'such as America/Chicago (default: UTC)'],
    ],
    example: 'firm:create --name "Harbor & Pine LLP" --casehug-firm-id firm_01 --region us --timezone America/Chicago',
  },
  'firm:set': {
    does: 'Changes settings of a firm; they hold at once (the keys: docs/http-api.md#operators-commands).',
    words: 'KEY=VALUE…',
    options: [FIRM],
    example: 'firm:set --firm firm_01 auto_sync_on_matter_created=true',
  },
  'user:create': {
    does: 'Makes a user of the console. Without a password it prints an invitation, good for 7 days, once.',
    words: '',
    options: [
      FIRM,
      ['--email E', 'the user’s e-mail address'],
      ['--role R', 'firm_admin, support or auditor'],
      ['--password-stdin', 'read the password from standard input'],
    ],
    example: 'user:create --firm firm_01 --email dana@harborpine.example --role firm_admin',
  },
  'pbx:create': {
    does: 'Makes a PBX tenant of a firm, with the key that the PBX sends.',
    words: '',
    options: [
      FIRM,
      ['--domain D', 'the domain of the tenant at the PBX'],
      ['--country C', 'US, AU or GB (default: the country of the firm’s region)'],
      ['--area-code A', 'for numbers that are dialed without one'],
    ],
    example: 'pbx:create --firm firm_01 --domain harborpine.pbx.example --area-code 312',
  },
  'apikey:create': {
    does: 'Makes an API key of a firm. A second one with the same scopes needs the first one revoked.',
    words: '',
    options: [FIRM, ['--scopes a,b', `what it may do: ${SCOPES.join(', ')}`]],
    example: 'apikey:create --firm firm_01 --scopes matters:read,sync:read',
  },
  'apikey:revoke': { does: 'Ends an API key at once.', words: 'ID', options: [], example: 'apikey:revoke key_…' },
  'platform-key:create': {
    does: 'Makes the key that serves all firms; each request names its firm.',
    words: '',
    options: [],
    example: 'platform-key:create',
  },
  status: {
    does: 'Shows the database and each firm’s connection to Smokeball.',
    words: '',
    options: [],
    example: 'status --json',
  },
  probe: {
    does: 'Asks a real Smokeball what is documented nowhere (docs/operations.md#probing-the-real-smokeball). Reads only, unless --write is given.',
    words: '',
    options: PROBE_OPTIONS,
    example: 'probe --region us --environment staging',
  },
};

/** The name of the command whose usage is asked for, `null` for that of all; undefined when no help is asked for. */
export function helpAsked([name, ...args]: readonly string[]): string | null | undefined {
  if (name === '--help' || name === '-h') return null;
  if (name === 'help') return args.find((one) => !one.startsWith('-')) ?? null;
  return name !== undefined && args.some((one) => one === '--help' || one === '-h') ? name : undefined;
}

/** The usage of one command, or of all; undefined for a command that nobody knows. */
export function usageText(name: string | null): string | undefined {
  if (name === null) return allCommands();
  const usage = Object.hasOwn(USAGES, name) ? USAGES[name] : undefined;
  if (usage === undefined) return undefined;
  const options = [...usage.options, ['--json', 'print the result as one JSON document'] as const];
  return [
    usage.does,
    '',
    `Usage: ${PROGRAM} ${[name, '[options]', usage.words].filter((one) => one !== '').join(' ')}`,
    '',
    ...columns(options),
    '',
    `Example: ${PROGRAM} ${usage.example}`,
  ].join('\n');
}

function allCommands(): string {
  return [
    `Usage: ${PROGRAM} <command> [options]`,
    '',
    ...columns(Object.entries(USAGES).map(([name, { does }]) => [name, does])),
    '',
    ...columns([
      ['--json', 'print the result as one JSON document'],
      ['--help', `how a command is used: ${PROGRAM} <command> --help`],
    ]),
    '',
    `Example: ${PROGRAM} status`,
  ].join('\n');
}

function columns(rows: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const widest = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(widest)}  ${text}`);
}
