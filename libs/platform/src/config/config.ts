import { z } from 'zod';

const onOff = z.enum(['on', 'off']);
const DAY_S = 86_400;

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: z.url().optional(),
  DATABASE_URL: z.url().optional(),
  REDIS_URL: z.url().optional(),
  DATA_DIR: z.string().default('.data'),
  MASTER_KEY: z.string().optional(),
  ALLOW_PRIVATE_NETWORKS: onOff.default('off'),
  WATCHDOG_INTERVAL_S: z.coerce.number().int().min(1).max(DAY_S).default(300),
  CASEHUG_API_URL: z.url().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@host:587' }).optional(),
  SMTP_FROM: z.string().max(320).optional(),
  TRUST_PROXY: z.string().optional(),
  TLS_CERT: z.string().min(1).optional(),
  TLS_KEY: z.string().min(1).optional(),
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  METRICS_TOKEN: z.string().min(1).optional(),
  SMOKEBALL_RATE: z.coerce.number().positive().max(1000).default(5),
  SMOKEBALL_BURST: z.coerce.number().int().positive().max(1000).default(5),
  REFRESH_LIFETIME_DAYS: z.coerce.number().int().positive().default(30),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** The process's settings, read once from the environment. Every key is explained in `config/env.example`. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly dataDir: string;
  readonly masterKey: Buffer;
  readonly allowPrivateNetworks: boolean;
  readonly watchdogIntervalMs: number;
  readonly caseHugApiUrl: string | null;
  /** The mail server for alerts; without it no e-mail is offered. */
  readonly smtpUrl: string | null;
  /** Who e-mails come from, `Name <address>` or an address. */
  readonly smtpFrom: string;
  readonly trustProxy: string | null;
  /** Files in PEM, when Matterline itself speaks https. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly metricsPort: number | null;
  readonly metricsToken: string | null;
  readonly smokeballRate: number;
  readonly smokeballBurst: number;
  readonly refreshLifetimeMs: number;
  readonly logLevel: string;
  /** The raw environment, for the per-region Smokeball keys that are looked up by composed name. */
  readonly env: NodeJS.ProcessEnv;
}

export class ConfigError extends Error {}

/**
 * Reads and checks the environment.
 * @throws ConfigError with one plain sentence naming every wrong key and the remedy.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new ConfigError(`The configuration is not usable (${wrong}). See config/env.example.`);
  }
  const values = parsed.data;
  if (!values.DATABASE_URL) {
    throw new ConfigError('DATABASE_URL is not set. Use `npm start` for the embedded database, or set it.');
  }
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: (values.PUBLIC_URL ?? `${values.TLS_CERT ? 'https' : 'http'}://localhost:${values.PORT}`).replace(
      /\/+$/,
      '',
    ),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL ?? null,
    dataDir: values.DATA_DIR,
    masterKey: readMasterKey(values.MASTER_KEY),
    allowPrivateNetworks: values.ALLOW_PRIVATE_NETWORKS === 'on',
    watchdogIntervalMs: values.WATCHDOG_INTERVAL_S * 1000,
    caseHugApiUrl: values.CASEHUG_API_URL?.replace(/\/+$/, '') ?? null,
    smtpUrl: values.SMTP_URL ?? null,
    smtpFrom: values.SMTP_FROM ?? 'matterline@localhost',
    trustProxy: values.TRUST_PROXY ?? null,
    tls: readTls(values.TLS_CERT, values.TLS_KEY),
    metricsPort: values.METRICS_PORT ?? null,
    metricsToken: values.METRICS_TOKEN ?? null,
    smokeballRate: values.SMOKEBALL_RATE,
    smokeballBurst: values.SMOKEBALL_BURST,
    refreshLifetimeMs: values.REFRESH_LIFETIME_DAYS * DAY_S * 1000,
    logLevel: values.LOG_LEVEL,
    env,
  };
}

function readTls(certFile: string | undefined, keyFile: string | undefined): Config['tls'] {
  if (!certFile && !keyFile) return null;
  if (certFile && keyFile) return { certFile, keyFile };
  throw new ConfigError('TLS_CERT and TLS_KEY belong together: set both, or neither.');
}

/** 32 bytes, written as base64 or as 64 hexadecimal digits. */
function readMasterKey(text: string | undefined): Buffer {
  if (!text) {
    throw new ConfigError(
      'MASTER_KEY is not set. It is 32 random bytes in base64; `openssl rand -base64 32` makes one.',
    );
  }
  const key = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length !== 32) throw new ConfigError('MASTER_KEY must be 32 bytes, in base64 or as 64 hexadecimal digits.');
  return key;
}
