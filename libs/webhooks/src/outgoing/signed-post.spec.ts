import { Clock } from '@matterline/platform';
import { Webhook } from 'standardwebhooks';
import { type FakeServer, json, startFakeServer } from '../../../../config/testing/stand-in';
import { SignedPost } from './signed-post';

class ClockAt extends Clock {
  constructor(private readonly atMs: number) {
    super();
  }

  override now(): Date {
    return new Date(this.atMs);
  }
}

interface Vector {
  readonly secret: string;
  readonly id: string;
  readonly seconds: number;
  readonly body: string;
  readonly signature: string;
}

/** The first is the one that the standard's own libraries test themselves with; the others are OpenSSL's word. */
const VECTORS: readonly [string, Vector][] = [
  [
    'the standard’s own',
    {
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      seconds: 1614265330,
      body: '{"test": 2432232314}',
      signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
  ],
  [
    'letters beyond ASCII',
    {
      secret: 'whsec_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=',
      id: 'evt_1',
      seconds: 1772892000,
      body: '{"a":"Zoë – 木"}',
      signature: 'v1,hNAquqUpa2SfUmlvd6gFeo0Ve+N5ZHSOjfRKf/+ljq4=',
    },
  ],
  [
    'the first second of all',
    {
      secret: 'whsec_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=',
      id: 'evt_2',
      seconds: 0,
      body: '{}',
      signature: 'v1,NTxgRcwghfhNI3+StA6iE0pQkRZlVaHk2uZF3L1yyKk=',
    },
  ],
];

describe('SignedPost', () => {
  let receiver: FakeServer;
  beforeEach(async () => {
    receiver = await startFakeServer();
  });
  afterEach(() => receiver.close());

  const send = (vector: Vector, allowPrivateNetworks = true) =>
    new SignedPost({ allowPrivateNetworks }, new ClockAt(vector.seconds * 1000)).send({ ...vector, url: receiver.url });
  const any = VECTORS[0]?.[1] as Vector;

  it.each(VECTORS)(
    'signs %s as it must be signed, and the package of the standard believes it',
    async (_name, vector) => {
      expect(await send(vector)).toEqual({ status: 200, error: null });
      const headers = receiver.seen[0]?.headers ?? {};
      const signed = {
        'webhook-id': String(headers['webhook-id']),
        'webhook-timestamp': String(headers['webhook-timestamp']),
        'webhook-signature': String(headers['webhook-signature']),
      };
      expect(signed).toEqual({
        'webhook-id': vector.id,
        'webhook-timestamp': String(vector.seconds),
        'webhook-signature': vector.signature,
      });
      jest.useFakeTimers({
        now: vector.seconds * 1000,
        doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval'],
      });
      try {
        expect(new Webhook(vector.secret).verify(receiver.seen[0]?.body ?? '', signed)).toEqual(
          JSON.parse(vector.body),
        );
        expect(() =>
          new Webhook(vector.secret).verify(vector.body, { ...signed, 'webhook-id': 'evt_other' }),
        ).toThrow();
      } finally {
        jest.useRealTimers();
      }
    },
  );

  const waits: readonly [string, number, Record<string, string>, number | undefined][] = [
    ['429 with seconds', 429, { 'retry-after': '30' }, 30_000],
    ['503 with a date', 503, { 'retry-after': new Date((any.seconds + 90) * 1000).toUTCString() }, 90_000],
    ['503 with a day', 503, { 'retry-after': '86400' }, 3600_000],
    ['503 without', 503, {}, undefined],
    ['503 with nonsense', 503, { 'retry-after': 'soon' }, undefined],
    ['500 with seconds', 500, { 'retry-after': '30' }, undefined],
  ];
  it.each(waits)('hears how long to wait from %s', async (_name, status, headers, retryAfterMs) => {
    receiver.answer(json(status, {}, headers));
    expect(await send(any)).toEqual({
      status,
      error: `answered ${status}`,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  });

  it.each([301, 302, 303, 307, 308])('does not follow a %i', async (status) => {
    receiver.answer(json(status, {}, { location: `${receiver.url}/elsewhere` }));
    expect(await send(any)).toEqual({ status, error: `answered ${status}` });
    expect(receiver.seen.map(({ url }) => url)).toEqual(['/']);
  });

  it('sends nothing to a private address that was registered while those were allowed', async () => {
    expect(await send(any, false)).toEqual({ status: null, error: 'target_not_allowed' });
    expect(receiver.seen).toEqual([]);
  });
});
