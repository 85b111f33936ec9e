import type { SeenRequest } from './fake-matterline';

/** The JSON body of a request that was seen. */
export function jsonOf(request: SeenRequest | undefined): Record<string, unknown> {
  return JSON.parse(request?.body.toString('utf8') ?? 'null') as Record<string, unknown>;
}
