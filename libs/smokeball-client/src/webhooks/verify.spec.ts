import fc from 'fast-check';
import { dateFromTicks } from '../ticks';
import { signSmokeballWebhook } from './sign';
import { verifySmokeballWebhook, type WebhookVerification } from './verify';

const KEY = 'ei7641529ue420n8b9aa';

/** Both examples that Smokeball publishes. For the first its text gives another client id than the one that was signed with. */
const VECTORS = [
  {
    name: 'plugins page',
    timestamp: '638609288928990639',
    requestId: 'e56f2c3f-b6de-4310-a7a2-c139d62f9711',
    clientId: 'lou1qnn0llav95f',
    signature: '58817681863148b0e624c00f3094f99e1af31cd7b99a3c2e0655d64a2764d650',
  },
  {
    name: 'webhooks page',
    timestamp: '637558795239278688',
    requestId: '38583489-09c4-49ef-b58c-ef1b34208cca',
    clientId: 'lou1qnn0llav95',
    signature: 'feb4b838a272884f6d2c2580b2c7ebb0b2f725b90e8baa6f9b5e1a17a9faec2d',
  },
];

const [vector] = VECTORS as [(typeof VECTORS)[number]];
const sentMs = dateFromTicks(BigInt(vector.timestamp)).getTime();
const good: WebhookVerification = { key: KEY, ...vector, nowMs: sentMs, toleranceS: 300 };

describe('signSmokeballWebhook', () => {
  it.each(VECTORS)('$name', ({ signature, ...parts }) => {
    expect(signSmokeballWebhook(KEY, parts)).toBe(signature);
  });

  it('signs otherwise with the client id of the page text', () => {
    const [, second] = VECTORS;
    const parts = { ...(second ?? vector), clientId: 'lou1qnn0llav95f' };
    expect(signSmokeballWebhook(KEY, parts)).toBe('9ac03005f363ed5890c45a6aae8fcd5fa08a2a45e333002fbb93dd3460b2278f');
  });
});

describe('verifySmokeballWebhook', () => {
  it.each(VECTORS)('accepts the published delivery of the $name', (published) => {
    const nowMs = dateFromTicks(BigInt(published.timestamp)).getTime();
    expect(verifySmokeballWebhook({ ...good, ...published, nowMs })).toEqual({ ok: true });
  });

  const refusals: readonly [string, Partial<WebhookVerification>, string][] = [
    ['no timestamp', { timestamp: undefined }, 'missing'],
    ['no request id', { requestId: undefined }, 'missing'],
    ['no signature', { signature: undefined }, 'missing'],
    ['an empty signature', { signature: '' }, 'missing'],
    ['an empty key, which anybody could sign with', { key: '' }, 'missing'],
    ['a timestamp that is no number', { timestamp: 'yesterday' }, 'bad_timestamp'],
    ['a negative timestamp', { timestamp: '-1' }, 'bad_timestamp'],
    ['a timestamp with a fraction', { timestamp: `${vector.timestamp}.0` }, 'bad_timestamp'],
    ['a timestamp of a million digits', { timestamp: '9'.repeat(1_000_000) }, 'bad_timestamp'],
    ['a timestamp of 20 digits', { timestamp: '9'.repeat(20) }, 'bad_timestamp'],
    ['one digit of the timestamp changed', { timestamp: '638609288928990638' }, 'bad_signature'],
    ['another request id', { requestId: 'other' }, 'bad_signature'],
    ['another client id', { clientId: 'other' }, 'bad_signature'],
    ['another key', { key: 'other' }, 'bad_signature'],
    ['the signature in capitals', { signature: vector.signature.toUpperCase() }, 'bad_signature'],
    ['half the signature', { signature: vector.signature.slice(0, 32) }, 'bad_signature'],
    ['a signature of a megabyte', { signature: 'a'.repeat(1_048_576) }, 'bad_signature'],
    ['a signature outside ASCII', { signature: '💥' }, 'bad_signature'],
    ['sent 301 s ago', { nowMs: sentMs + 301_000 }, 'stale'],
    ['sent 301 s ahead', { nowMs: sentMs - 301_000 }, 'stale'],
    ['a clock that is no number', { nowMs: Number.NaN }, 'stale'],
    ['a clock beyond all dates', { nowMs: 1e300 }, 'stale'],
    ['no end of tolerance', { toleranceS: Number.POSITIVE_INFINITY }, 'stale'],
  ];
  it.each(refusals)('refuses %s', (_name, change, reason) => {
    expect(verifySmokeballWebhook({ ...good, ...change })).toEqual({ ok: false, reason });
  });

  it.each([-299_999, 300_000])('accepts %i ms of distance', (distance) => {
    expect(verifySmokeballWebhook({ ...good, nowMs: sentMs + distance })).toEqual({ ok: true });
  });

  it('looks at the age only after the signature, so that a stranger learns nothing about the clock', () => {
    expect(verifySmokeballWebhook({ ...good, key: 'other', nowMs: 0 })).toEqual({ ok: false, reason: 'bad_signature' });
  });

  it('never throws and never accepts, whatever the headers hold', () => {
    const anything = fc.anything() as fc.Arbitrary<string | undefined>;
    fc.assert(
      fc.property(anything, anything, anything, fc.double(), (timestamp, requestId, signature, nowMs) => {
        expect(verifySmokeballWebhook({ ...good, timestamp, requestId, signature, nowMs }).ok).toBe(false);
      }),
    );
  });
});
