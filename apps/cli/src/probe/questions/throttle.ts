import { notSettled, settled } from '../finding';
import { pause } from '../pause';
import type { Probe } from '../probe';
import type { RawCall } from '../smokeball/raw-calls';
import { bucketOf } from './throttle-reading';

const REST_MS = 4_000;
const BURST = 30;
const STREAM_MS = 5_000;
const STREAM_EVERY_MS = 50;
const OTHERS = 3;

/** A burst empties the bucket; a stream of calls then shows how it fills. Only on request: it uses up everybody’s budget for ten seconds. */
export const throttle: Probe = {
  id: 'throttle',
  question: 'What does a 429 say, and how does the bucket fill?',
  needs: ['throttle'],
  ask: async ({ smokeball, signal, say }) => {
    say('Emptying the bucket: about ten seconds …');
    await pause(REST_MS, signal);
    const burst = await Promise.all(Array.from({ length: BURST }, () => smokeball.raw('/firm')));
    const others = await Promise.all(Array.from({ length: OTHERS }, () => smokeball.raw('/staff?Limit=1')));
    const refused = burst.find(({ status }) => status === 429);
    if (refused === undefined) {
      return settled(`No limit within ${BURST} calls at once.`, 'none got 429.', { bucket: { enabled: false } });
    }
    const stream: RawCall[] = [];
    for (const endMs = performance.now() + STREAM_MS; performance.now() < endMs;) {
      stream.push(await smokeball.raw('/firm'));
      await pause(STREAM_EVERY_MS, signal);
    }
    const reading = bucketOf(burst, stream);
    if (reading === undefined) return notSettled('The bucket did not fill within five seconds.', 'Run again later.');
    const perEndpoint = others.every(({ status }) => status === 200);
    const { rate, burst: size, fixedWindow } = reading;
    const evidence = `${burst.filter(({ status }) => status === 200).length} of ${BURST} calls at once went through; a 429 has the members ${refused.members.join(', ') || 'none'} and ${refused.retryAfterS === null ? 'no Retry-After' : `Retry-After ${refused.retryAfterS}`}.`; // prettier-ignore
    return settled(
      `${rate} a second, ${size} at once, ${fixedWindow ? 'in fixed windows' : 'filling continuously'}, ${perEndpoint ? 'for each endpoint' : 'for all endpoints together'}.`,
      evidence,
      {
        bucket: {
          enabled: true,
          rate,
          burst: size,
          fixed_window: fixedWindow,
          per_endpoint: perEndpoint,
          retry_after_s: refused.retryAfterS,
        },
      },
    );
  },
};
