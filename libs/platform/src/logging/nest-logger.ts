import type { LoggerService } from '@nestjs/common';
import type { Log } from './log';

/** Nest's own words may quote anything, so only where they come from and how grave they are is kept. */
export function nestLogger(log: Log): LoggerService {
  const part = (rest: readonly unknown[]) => {
    const context = rest.at(-1);
    return typeof context === 'string' && /^[A-Za-z]{1,60}$/.test(context) ? context : undefined;
  };
  return {
    log: () => undefined,
    debug: () => undefined,
    verbose: () => undefined,
    warn: (_message: unknown, ...rest: unknown[]) => log.warn('framework.warning', { part: part(rest) }),
    error: (message: unknown, ...rest: unknown[]) => log.error('framework.error', { part: part(rest), error: message }),
    fatal: (message: unknown, ...rest: unknown[]) => log.error('framework.fatal', { part: part(rest), error: message }),
  };
}
