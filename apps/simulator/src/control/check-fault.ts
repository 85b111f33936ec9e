import type { FaultInput } from '../core';
import { readFields, text, type Fields } from '../resources/read-input';
import { ControlError } from './control-error';
import { isFaultRoute } from './fault-routes';
import { wholeNumber } from './whole-number';

const SHAPE = { tenant: 'any', route: 'any', count: 'any', id: 'any', fault: 'any' } as const;
const FAULT_SHAPE = { status: 'any', delay_ms: 'any', hang: 'any', reset: 'any', async_error: 'any' } as const;
const LONGEST_DELAY_MS = 600_000;

/**
 * A fault as it was sent.
 *
 * @param tenants the names that `tenant` may have
 * @throws ControlError (400) for what could never happen.
 */
export function checkFault(body: unknown, tenants: readonly string[]): FaultInput {
  const { tenant, route, count, id, fault } = given(body, SHAPE);
  if (tenant !== undefined && !(typeof tenant === 'string' && tenants.includes(tenant)))
    refuse(`tenant must be one of ${tenants.join(', ')}.`);
  if (typeof route !== 'string' || !isFaultRoute(route)) {
    refuse(
      'route must be a method and a path template of the API such as "POST /contacts" or "GET /contacts/{id}", one of "POST /oauth2/token", "GET /oauth2/authorize", "PUT /s3" and "GET /s3", or "*". GET /faults/api/routes lists them.',
    );
  }
  if (count !== undefined) wholeNumber(count, 'count', { least: 1, most: Number.MAX_SAFE_INTEGER });
  if (id !== undefined && text(id) === null) refuse('id must be a text.');
  return { tenant, route, count, id, fault: checkWhat(fault) } as FaultInput;
}

function checkWhat(value: unknown): Fields {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const fault = isObject ? given(value, FAULT_SHAPE) : {};
  const { status, delay_ms, hang, reset, async_error } = fault;
  if (Object.keys(fault).length === 0)
    refuse('fault needs at least one of status, delay_ms, hang, reset and async_error.');
  if (status !== undefined) wholeNumber(status, 'fault.status', { least: 200, most: 599 });
  if (delay_ms !== undefined) wholeNumber(delay_ms, 'fault.delay_ms', { least: 0, most: LONGEST_DELAY_MS });
  if (hang !== undefined && typeof hang !== 'boolean') refuse('fault.hang must be true or false.');
  if (reset !== undefined && reset !== 'before' && reset !== 'after') refuse('fault.reset must be before or after.');
  if (async_error !== undefined && text(async_error) === null) refuse('fault.async_error must be a message.');
  return fault;
}

/** The known members that are there; null is as good as absent. */
function given(value: unknown, shape: typeof SHAPE | typeof FAULT_SHAPE): Fields {
  return Object.fromEntries(Object.entries(readFields(value, shape)).filter(([, member]) => member !== null));
}

function refuse(message: string): never {
  throw new ControlError(400, message);
}
