import { randomUUID } from 'node:crypto';
import { notSettled, settled } from '../finding';
import { look } from '../pause';
import type { Probe } from '../probe';
import { isListening, subscribe } from '../receiver/subscription';
import { matter } from '../records/kit';
import { newUpload, putBytes } from '../records/upload';

/** The names of the members of a `files.updated` event, and whose id it bears. */
export const filesUpdated: Probe = {
  id: 'files-updated',
  question: 'What is in files.updated?',
  needs: ['receiver'],
  ask: async (place) => {
    if (!isListening(place)) return notSettled('No webhooks can be received.', 'Add --receiver-url.');
    await subscribe(place);
    const matterId = await matter(place);
    const requestId = randomUUID();
    const upload = await newUpload(place, matterId, `${place.throwAway.marker} event.txt`, requestId);
    await putBytes(upload.url, 'probe');
    const event = await look(() => {
      return place.receiver.deliveries.find(
        ({ type, payloadId, requestId: cause }) =>
          type === 'files.updated' && (payloadId === upload.id || payloadId === matterId || cause === requestId),
      );
    }, place);
    if (event === undefined) return notSettled('No files.updated arrived.', 'Give it longer with --wait.');
    const { payloadId, payloadMembers } = event;
    const whose = payloadId === matterId ? 'the matter’s' : payloadId === upload.id ? 'the file’s' : 'another';
    const evidence = `members: ${payloadMembers.join(', ')}; id is ${whose}; the RequestId is ${event.requestId === requestId ? 'ours' : 'another'}.`; // prettier-ignore
    if (payloadMembers.includes('cursor')) return settled('A cursor.', evidence, { files_updated_payload: 'cursor' });
    if (payloadId === upload.id) return settled('The file.', evidence, { files_updated_payload: 'file' });
    return settled('The matter, without a cursor.', evidence, { files_updated_payload: 'bare' });
  },
};
