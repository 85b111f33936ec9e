import type { Parsed } from './http';
import type { Firm } from './firm';
import { waitFor } from './wait-for';

interface OneMatter {
  readonly data?: { readonly link: { readonly state: string } };
}

interface Documents {
  readonly data: readonly { readonly upload_id: string; readonly state: string }[];
}

/** Waits until a matter's link has one of these states, and gives the matter. */
export async function untilLink(firm: Firm, matterId: string, ...states: string[]): Promise<Parsed> {
  return (await waitFor(`${matterId} to be ${states.join(' or ')}`, async () => {
    const matter = (await firm.api('GET', `/api/v1/matters/${matterId}`)).body as OneMatter;
    if (!matter.data || !states.includes(matter.data.link.state)) throw new Error(JSON.stringify(matter));
    return matter.data;
  })) as Parsed;
}

/** Waits until a document has one of these states, and gives it. */
export async function untilDocument(
  firm: Firm,
  matterId: string,
  uploadId: string,
  ...states: string[]
): Promise<Parsed> {
  return (await waitFor(`${uploadId} to be ${states.join(' or ')}`, async () => {
    const answer = await firm.api('GET', `/api/v1/matters/${matterId}/documents?per_page=100`);
    const found = (answer.body as Documents).data.find((one) => one.upload_id === uploadId);
    if (!found || !states.includes(found.state)) throw new Error(JSON.stringify(found));
    return found;
  })) as Parsed;
}
