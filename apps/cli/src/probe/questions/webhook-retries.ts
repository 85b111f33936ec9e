import { randomUUID } from 'node:crypto';
import { notSettled, settled } from '../finding';
import { look, pause } from '../pause';
import type { Probe } from '../probe';
import type { Delivery } from '../receiver/receiver';
import { isListening, type ListeningPlace, subscribe } from '../receiver/subscription';
import { markedPerson, newContact } from '../records/kit';

const LOOK_EVERY_MS = 250;
const STEPS: readonly (readonly [belowMs: number, stepMs: number])[] = [
  [10_000, 500],
  [60_000, 1_000],
  [Infinity, 5_000],
];

/** One event is answered with 500 until nothing more comes; the times between the tries and their headers tell the rest. */
export const webhookRetries: Probe = {
  id: 'webhook-retries',
  question: 'How often is a webhook tried again, and with which signature?',
  needs: ['receiver'],
  ask: async (place) => {
    if (!isListening(place)) return notSettled('No webhooks can be received.', 'Add --receiver-url.');
    await subscribe(place);
    const tries = await triesOfOneEvent(place);
    const [first, second] = tries;
    if (first === undefined) return notSettled('The event did not arrive.', 'Give it longer with --wait.');
    const waits = tries.slice(1).map((one, index) => rounded(one.atMs - (tries[index]?.atMs ?? 0)));
    const quiet = `Nothing more came within ${place.retryWaitMs / 1_000} s.`;
    if (second === undefined) {
      return settled('Not at all, or later than we waited.', `one try, answered 500. ${quiet}`, {
        webhook_retry_ms: [],
      });
    }
    const keeps = first.timestamp === second.timestamp && first.signature === second.signature;
    const sameRequest = tries.every(({ requestId }) => requestId === first.requestId);
    const evidence = `waits of ${waits.map((ms) => `${ms / 1_000} s`).join(', ')}; RequestId ${sameRequest ? 'kept' : 'renewed'}; ${tries.filter(({ isSigned }) => isSigned).length} of ${tries.length} signatures hold. ${quiet}`; // prettier-ignore
    return settled(
      `${waits.length === 1 ? 'Once more' : `${waits.length} more times`}; Timestamp and Signature are ${keeps ? 'kept' : 'made anew'}.`,
      evidence,
      { webhook_retry_ms: waits, webhook_retry_keeps_signature: keeps },
    );
  },
};

async function triesOfOneEvent(place: ListeningPlace): Promise<readonly Delivery[]> {
  const { receiver, retryWaitMs, signal, say } = place;
  const requestId = randomUUID();
  const isMine = (one: Delivery) => one.requestId === requestId && one.type === 'contact.created';
  let event: string | undefined;
  receiver.refuses = (one) => isMine(one) || one.event === event;
  try {
    await newContact(place, { person: markedPerson(place) }, requestId);
    event = (await look(() => receiver.deliveries.find(isMine), place))?.event;
    if (event === undefined) return [];
    const tries = () => receiver.deliveries.filter((one) => one.event === event);
    for (let seen = 0; ;) {
      const last = tries().at(-1)?.atMs ?? 0;
      if (tries().length > seen)
        say(`Refused try ${(seen = tries().length)}; waiting up to ${retryWaitMs / 1_000} s for another …`);
      if (performance.now() - last > retryWaitMs) return tries();
      await pause(LOOK_EVERY_MS, signal);
    }
  } finally {
    receiver.refuses = () => false;
  }
}

/** The network adds a little to each wait. */
function rounded(ms: number): number {
  const step = STEPS.find(([belowMs]) => ms < belowMs)?.[1] ?? 1;
  return Math.round(ms / step) * step;
}
