import type { FaultInput } from '../core';
import { readFields, refuseField, requireFields, text, type Fields } from '../resources/read-input';

const SHAPE = {
  tenant: 'text',
  route: 'text',
  count: 'whole',
  id: 'text',
  fault: { status: 'whole', delay_ms: 'number', hang: 'flag', reset: 'text', async_error: 'text' },
} as const;

/** A fault as it was sent, or a 400 that tells what is wrong with it. */
export function checkFault(body: unknown): FaultInput {
  const fields = readFields(body, SHAPE);
  requireFields(fields, ['route', 'fault']);
  const fault = fields['fault'] as Fields;
  if (Object.keys(fault).length === 0)
    refuseField('fault', 'status, delay_ms, hang, reset or async_error is required.');
  const reset = text(fault['reset']);
  if (reset !== null && reset !== 'before' && reset !== 'after') refuseField('fault.reset', 'before or after.');
  const count = fields['count'];
  if (typeof count === 'number' && count < 1) refuseField('count', 'At least 1.');
  return fields as unknown as FaultInput;
}
