import { Agent, type Dispatcher } from 'undici';

const CONNECT_TIMEOUT_MS = 5_000;

let shared: Agent | undefined;

/** One connection pool per process; it does not follow redirects and keeps no cookies. */
export function defaultDispatcher(): Dispatcher {
  shared ??= new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });
  return shared;
}
