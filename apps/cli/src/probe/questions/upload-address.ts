import { notSettled, settled } from '../finding';
import type { Probe } from '../probe';
import { matter, maySeeWrites } from '../records/kit';
import { newUpload, putBytes } from '../records/upload';

const MINUTE_S = 60;

/** How long an upload address lives is in the address itself; a second upload shows whether it works once only. */
export const uploadAddress: Probe = {
  id: 'upload-address',
  question: 'How long does an upload address live, and does it work twice?',
  needs: ['write'],
  ask: async (place) => {
    if (!maySeeWrites(place)) return notSettled('Nothing may be written.', 'Run again with --write.');
    const upload = await newUpload(place, await matter(place), `${place.throwAway.marker}.txt`);
    const lifetimeS = lifetimeOf(upload.url, upload.expiry);
    const [first, second] = [await putBytes(upload.url, 'probe 1'), await putBytes(upload.url, 'probe 2')];
    const evidence = `the first upload got ${first}, a second to the same address ${second}.`;
    if (lifetimeS === null) return notSettled(`The address does not tell; ${evidence}`, 'Trust the member expiry.');
    const minutes = Math.round(lifetimeS / MINUTE_S);
    return settled(
      `About ${minutes} minutes; it works ${second >= 200 && second < 300 ? 'twice' : 'once'}.`,
      evidence,
      { upload_url_ttl_s: minutes * MINUTE_S },
    );
  },
};

/** `X-Amz-Expires` counts from its signing, `Expires` is a moment; else the member `expiry`. */
function lifetimeOf(url: string, expiry: string | undefined): number | null {
  const query = new Map([...new URL(url).searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const seconds = Number(query.get('x-amz-expires'));
  if (seconds > 0) return seconds;
  const endMs = Number(query.get('expires')) * 1_000 || Date.parse(expiry ?? '');
  return Number.isFinite(endMs) && endMs > Date.now() ? (endMs - Date.now()) / 1_000 : null;
}
