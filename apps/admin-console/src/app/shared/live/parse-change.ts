import { CHANGE_KINDS } from '@matterline/contracts';
import { Change } from './change';

/** A `change` event's data, or null when it is not one we know. */
export function parseChange(data: unknown): Change | null {
  if (typeof data !== 'string') return null;
  const body = parsed(data);
  if (typeof body !== 'object' || body === null) return null;
  const kind = CHANGE_KINDS.find((known) => known === Reflect.get(body, 'kind'));
  const id: unknown = Reflect.get(body, 'id');
  return kind ? { kind, id: typeof id === 'string' ? id : null } : null;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
