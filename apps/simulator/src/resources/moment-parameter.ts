import type { Call } from '../gateway/call';
import { Clock } from '../store/clock';
import { refuseField, ticksParameter } from './read-input';

const WITHOUT_FRACTION = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/;

/** `LastUpdated` (ISO without fractions) or `UpdatedSince` (ticks), as ticks; 400 for both together. */
export function momentParameter(call: Call): bigint | undefined {
  const text = call.query.one('LastUpdated');
  const ticks = ticksParameter(call, 'UpdatedSince');
  if (text === undefined || text === '') return ticks;
  const isStrict = !call.world.isOff('momentFilters');
  if (ticks !== undefined && isStrict) {
    refuseField('LastUpdated', 'LastUpdated and UpdatedSince cannot be used together.');
  }
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`;
  if ((isStrict && !WITHOUT_FRACTION.test(text)) || Number.isNaN(Date.parse(zoned))) {
    refuseField('LastUpdated', `The value '${text}' is not valid for LastUpdated.`);
  }
  return Clock.ticksOf(Date.parse(zoned));
}
