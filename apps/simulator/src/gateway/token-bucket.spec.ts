import { SWITCH_DEFAULTS } from '../control/switch-defaults';
import { TokenBucket } from './token-bucket';

describe('the token bucket', () => {
  const takeMany = (bucket: TokenBucket, count: number, change = {}): number => {
    const settings = { ...SWITCH_DEFAULTS.bucket, ...change };
    return Array.from({ length: count }, () => bucket.take('client', settings)).filter(Boolean).length;
  };

  it('9.11 gives the burst, then refills continuously', () => {
    let nowMs = 0;
    const bucket = new TokenBucket(() => nowMs);
    expect(takeMany(bucket, 9)).toBe(5);
    nowMs = 199;
    expect(takeMany(bucket, 1)).toBe(0);
    nowMs = 200;
    expect(takeMany(bucket, 2)).toBe(1);
    nowMs = 60_000;
    expect(takeMany(bucket, 9)).toBe(5);
  });

  it('9.11 as a fixed window gives the burst anew in each whole second', () => {
    let nowMs = 900;
    const bucket = new TokenBucket(() => nowMs);
    expect(takeMany(bucket, 9, { fixed_window: true })).toBe(5);
    nowMs = 1000;
    expect(takeMany(bucket, 9, { fixed_window: true })).toBe(5);
    nowMs = 1999;
    expect(takeMany(bucket, 9, { fixed_window: true })).toBe(0);
  });

  it('off gives everything', () => expect(takeMany(new TokenBucket(), 50, { enabled: false })).toBe(50));
});
