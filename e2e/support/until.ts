import type { Parsed } from './http';
import type { Firm } from './firm';
import { waitFor } from './wait-for';

/** Waits until a matter's link has one of these states, and gives the matter. */
export async function untilLink(firm: Firm, matterId: string, ...states: string[]): Promise<Parsed> {
  return await waitFor(`${matterId} to be ${states.join(' or ')}`, async () => {
    const { body } = await firm.api('GET', `/api/v1/matters/${matterId}`);
    if (!states.includes(String(body?.data?.link?.state))) throw new Error(JSON.stringify(body?.data?.link ?? body));
    return body.data as Parsed;
  });
}

/** Waits until a document has one of these states, and gives it. */
export async function untilDocument(
  firm: Firm,
  matterId: string,
  uploadId: string,
  ...states: string[]
): Promise<Parsed> {
  return await waitFor(`${uploadId} to be ${states.join(' or ')}`, async () => {
    const { body } = await firm.api('GET', `/api/v1/matters/${matterId}/documents?per_page=100`);
    const found = (body.data as Parsed[]).find((one) => one.upload_id === uploadId);
    if (!states.includes(String(found?.state))) throw new Error(JSON.stringify(found));
    return found as Parsed;
  });
}
