import pino from 'pino';

/** What a log line may carry, and nothing else: ids, codes, counts, durations. Never a name, address, number, text or body. */
export interface LogFields {
  readonly firm_id?: string;
  readonly operation_id?: string;
  readonly matter_id?: string;
  readonly upload_id?: string;
  readonly event_id?: string;
  readonly delivery_id?: string;
  readonly hook_id?: string;
  readonly tenant_id?: string;
  readonly extension?: string;
  readonly request_id?: string;
  readonly user_id?: string;
  readonly kind?: string;
  readonly type?: string;
  readonly state?: string;
  readonly code?: string;
  readonly status?: number;
  readonly method?: string;
  readonly route?: string;
  readonly attempt?: number;
  readonly count?: number;
  readonly duration_ms?: number;
  readonly port?: number;
  readonly part?: string;
  /** An error's class and stack frames; its message may quote data and is left out. */
  readonly error?: unknown;
}

const ALLOWED = new Set<string>([
  'firm_id',
  'operation_id',
  'matter_id',
  'upload_id',
  'event_id',
  'delivery_id',
  'hook_id',
  'tenant_id',
  'extension',
  'request_id',
  'user_id',
  'kind',
  'type',
  'state',
  'code',
  'status',
  'method',
  'route',
  'attempt',
  'count',
  'duration_ms',
  'port',
  'part',
]);

const TEXT_MAX = 200;

/** Keeps allowed members only; anything else that slipped past the types is dropped, not printed. */
export function allowedFields(fields: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'error') Object.assign(kept, describeError(value));
    else if (ALLOWED.has(name) && value !== undefined)
      kept[name] = typeof value === 'string' ? value.slice(0, TEXT_MAX) : value;
  }
  return kept;
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error_class: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = (error as { code?: unknown }).code;
  return {
    error_class: error.constructor.name,
    ...(typeof code === 'string' ? { error_code: code.slice(0, 60) } : {}),
    stack: frames
      .slice(0, 12)
      .map((line) => line.trim().replace(/\(?(file:\/\/)?\/.*\/(?=(apps|libs|node_modules)\/)/, '(')),
  };
}

/** Structured JSON lines on standard output. The event is a fixed phrase in the code, never built from data. */
export class Log {
  private readonly sink: pino.Logger;

  constructor(level: string, destination?: pino.DestinationStream) {
    const options: pino.LoggerOptions = {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
    };
    this.sink = destination ? pino(options, destination) : pino(options);
  }

  debug(event: string, fields: LogFields = {}): void {
    this.sink.debug(allowedFields(fields), event);
  }

  info(event: string, fields: LogFields = {}): void {
    this.sink.info(allowedFields(fields), event);
  }

  warn(event: string, fields: LogFields = {}): void {
    this.sink.warn(allowedFields(fields), event);
  }

  error(event: string, fields: LogFields = {}): void {
    this.sink.error(allowedFields(fields), event);
  }
}
