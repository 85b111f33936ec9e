import { startSwitches } from './start-switches';

describe('the switches at the start', () => {
  it.each([
    ['nothing', undefined, undefined, {}],
    ['empty texts', '', ' ', {}],
    ['switches', '{"fan_out": false}', undefined, { fan_out: false }],
    ['numbers', undefined, '17, 23', { off: [17, 23] }],
    ['both', '{"fan_out": false, "off": [1]}', '2', { fan_out: false, off: [2] }],
  ])('%s', (_name, json, off, wanted) => expect(startSwitches(json, off)).toEqual(wanted));

  it.each([
    ['switches that are no JSON', 'fan_out=false', undefined, 'SIMULATOR_SWITCHES must be a JSON object.'],
    ['switches in a list', '["fan_out"]', undefined, 'SIMULATOR_SWITCHES must be a JSON object.'],
    ['words instead of numbers', undefined, 'all', 'SIMULATOR_OFF must be numbers such as 17,23, not "all".'],
    ['half a number', undefined, '1.5', 'SIMULATOR_OFF must be numbers such as 17,23, not "1.5".'],
  ])('%s are refused', (_name, json, off, message) => expect(() => startSwitches(json, off)).toThrow(message));
});
