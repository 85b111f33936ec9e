import { Recorder } from './recorder';

const CALL = {
  at: '2026-01-01T00:00:00.0000000Z',
  tenant: 'us',
  area: 'api',
  method: 'GET',
  path: '/us/api/contacts',
  template: '/contacts',
  query: '',
  status: 200,
  request_id: null,
  client_id: null,
  account_id: null,
  duration_ms: 1,
  verdict: null,
} as const;

describe('the record of calls', () => {
  it('keeps the bodies of the latest calls, as much as is good for the memory, and every call', () => {
    const recorder = new Recorder();
    const response_body = 'x'.repeat(100_000);
    for (let i = 0; i < 2000; i += 1) recorder.add({ ...CALL, response_body });
    const kept = recorder.since(0);
    expect(kept).toHaveLength(2000);
    const lengths = kept.map((call) => call.response_body?.length ?? 0);
    expect(lengths.at(-1)).toBe(64_000);
    expect(lengths[0]).toBe(0);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(50_000_000);
    expect(lengths.lastIndexOf(0)).toBe(lengths.filter((length) => length === 0).length - 1);
  });

  it('forgets the oldest half when there are too many, and counts on', () => {
    const recorder = new Recorder();
    for (let i = 0; i < 20_001; i += 1) recorder.add({ ...CALL, request_body: '{}', response_body: '{}' });
    expect(recorder.since(0)).toHaveLength(10_000);
    expect(recorder.since(20_000).map(({ seq }) => seq)).toEqual([20_001]);
    recorder.clear();
    expect(recorder.since(0)).toEqual([]);
    expect(recorder.add({ ...CALL }).seq).toBe(20_002);
  });
});
