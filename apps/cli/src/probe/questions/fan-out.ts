import { randomUUID } from 'node:crypto';
import { notSettled, settled } from '../finding';
import { look, pause } from '../pause';
import type { Probe } from '../probe';
import { isListening, subscribe } from '../receiver/subscription';
import { newMatter } from '../records/kit';

/** The events of one new matter, and the RequestId of each. */
export const fanOut: Probe = {
  id: 'fan-out',
  question: 'Does one write raise several events, and do they share its RequestId?',
  needs: ['receiver'],
  ask: async (place) => {
    if (!isListening(place)) return notSettled('No webhooks can be received.', 'Add --receiver-url.');
    const { receiver, waitMs, signal } = place;
    await subscribe(place);
    const requestId = randomUUID();
    const { id } = await newMatter(place, {}, requestId);
    const events = () => receiver.deliveries.filter((one) => one.payloadId === id);
    await look(() => (events().length > 0 ? true : undefined), place);
    // The others come a little later.
    await pause(waitMs / 2, signal);
    const types = new Set(events().map(({ type }) => type));
    if (types.size === 0) return notSettled('No event of the new matter arrived.', 'Give it longer with --wait.');
    const signed = events().filter(({ isSigned }) => isSigned).length;
    const evidence = `${[...types].sort().join(', ')}; ${signed} of ${events().length} signatures hold.`;
    if (types.size === 1) return settled('One write, one event.', evidence, { fan_out: false });
    const same = events().every((one) => one.requestId === requestId);
    return settled(
      `${types.size} events, ${same ? 'all with the RequestId of the write' : 'not all with the RequestId of the write'}.`,
      evidence,
      { fan_out: true, fan_out_shares_request_id: same },
    );
  },
};
