import { parseArgs } from 'node:util';
import type { Environment, Region } from '@matterline/smokeball-client';
import { ProbeFailure } from './probe-failure';
import { ALL_PROBES } from './questions/all';

const REGIONS: readonly Region[] = ['us', 'au', 'uk'];
const ENVIRONMENTS: readonly Environment[] = ['production', 'staging'];
const LAST_PORT = 65_535;

export const OPTIONS = {
  region: { type: 'string' },
  environment: { type: 'string' },
  firm: { type: 'string' },
  'token-stdin': { type: 'boolean' },
  'client-credentials': { type: 'boolean' },
  'sign-in-port': { type: 'string' },
  'second-sign-in': { type: 'boolean' },
  'consented-on': { type: 'string' },
  write: { type: 'boolean' },
  yes: { type: 'boolean' },
  'receiver-url': { type: 'string' },
  'receiver-port': { type: 'string' },
  throttle: { type: 'boolean' },
  only: { type: 'string' },
  wait: { type: 'string' },
  'retry-wait': { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** How a run of the probe was asked for. Source: docs/operations.md#probing-the-real-smokeball */
export interface ProbeOptions {
  /** Null with `--firm` alone: the firm's own. */
  readonly region: Region | null;
  readonly environment: Environment | null;
  readonly firm: string | null;
  readonly signIn: 'browser' | 'stdin' | 'client-credentials' | 'firm';
  readonly signInPort: number;
  readonly secondSignIn: boolean;
  readonly consentedOn: Date | null;
  readonly write: boolean;
  readonly yes: boolean;
  readonly receiverUrl: string | null;
  readonly receiverPort: number;
  readonly throttle: boolean;
  /** Null: all questions. */
  readonly only: readonly string[] | null;
  readonly waitMs: number;
  readonly retryWaitMs: number;
  readonly json: boolean;
}

/** @throws ProbeFailure for an option that nobody knows or a value that cannot be */
export function readProbeOptions(args: readonly string[]): ProbeOptions {
  const given = parse(args);
  const firm = given.firm ?? null;
  const ways = [
    ...(firm === null ? [] : (['firm'] as const)),
    ...(given['token-stdin'] === true ? (['stdin'] as const) : []),
    ...(given['client-credentials'] === true ? (['client-credentials'] as const) : []),
  ];
  if (ways.length > 1) throw new ProbeFailure('Give one of --firm, --token-stdin and --client-credentials.');
  const receiverUrl = given['receiver-url'] ?? null;
  if (receiverUrl !== null && !/^https?:\/\//i.test(receiverUrl)) {
    throw new ProbeFailure('--receiver-url must be a web address, such as https://tunnel.example.com.');
  }
  if (receiverUrl !== null && given.write !== true) throw new ProbeFailure('--receiver-url needs --write.');
  const region = oneOf('region', given.region, REGIONS);
  if (region === null && firm === null) throw new ProbeFailure('--region is required: us, au or uk.');
  return {
    region,
    environment: oneOf('environment', given.environment, ENVIRONMENTS) ?? (firm === null ? 'production' : null),
    firm,
    signIn: ways[0] ?? 'browser',
    signInPort: number('sign-in-port', given['sign-in-port'], 8_976, LAST_PORT),
    secondSignIn: given['second-sign-in'] === true,
    consentedOn: date(given['consented-on']),
    write: given.write === true,
    yes: given.yes === true,
    receiverUrl,
    receiverPort: number('receiver-port', given['receiver-port'], 8_977, LAST_PORT),
    throttle: given.throttle === true,
    only: questions(given.only),
    waitMs: number('wait', given.wait, 20, 600) * 1_000,
    retryWaitMs: number('retry-wait', given['retry-wait'], 300, 86_400) * 1_000,
    json: given.json === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    const { message } = error as { readonly message: string };
    throw new ProbeFailure(message.split('\n')[0] ?? 'The options are wrong.');
  }
}

function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T | null {
  if (value === undefined) return null;
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new ProbeFailure(`--${name} must be one of ${allowed.join(', ')}.`);
  return found;
}

function number(name: string, text: string | undefined, fallback: number, largest: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= largest) return value;
  throw new ProbeFailure(`--${name} must be a number from 1 to ${largest}.`);
}

function date(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const value = new Date(`${text}T12:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(value.getTime())) return value;
  throw new ProbeFailure('--consented-on must be a date such as 2026-10-01.');
}

function questions(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  const ids = text.split(',').map((id) => id.trim());
  const unknown = ids.filter((id) => !ALL_PROBES.some((probe) => probe.id === id));
  if (unknown.length === 0) return ids;
  throw new ProbeFailure(
    `No such question: ${unknown.join(', ')}. There are: ${ALL_PROBES.map(({ id }) => id).join(', ')}.`,
  );
}
