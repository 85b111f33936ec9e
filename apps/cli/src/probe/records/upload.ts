import { request } from 'undici';
import { QuestionFailure } from '../probe-failure';
import { membersOf, textOf } from '../smokeball/members';
import type { Answer } from '../smokeball/smokeball-door';
import { accepted, type Made, type WritingPlace } from './kit';

export const FILES = '/matters/{matterId}/documents/files';
const TIMEOUT_MS = 30_000;

export type Upload = Made & { readonly url: string; readonly expiry: string | undefined };

/** Asks for a place for a file. A refusal is an answer. */
export async function sendUpload(
  place: WritingPlace,
  matterId: string,
  fileName: string,
  requestId?: string,
): Promise<Answer & { readonly id: string | undefined }> {
  return await place.throwAway.make('file', FILES, { path: { matterId }, matterId, body: { fileName }, requestId });
}

/** @throws QuestionFailure when Smokeball gives no address */
export async function newUpload(
  place: WritingPlace,
  matterId: string,
  fileName: string,
  requestId?: string,
): Promise<Upload> {
  const made = accepted(`POST ${FILES}`, await sendUpload(place, matterId, fileName, requestId));
  const { uploadUrl, expiry } = membersOf(made.body);
  const url = textOf(uploadUrl);
  if (url === undefined || !URL.canParse(url))
    throw new QuestionFailure('Smokeball gave no upload address.', 'Run again.');
  return { ...made, url, expiry: textOf(expiry) };
}

/** Uploads without any credentials and with an empty content type, as the address wants it. Gives the status. */
export async function putBytes(url: string, text: string): Promise<number> {
  try {
    const headers = { 'content-type': '' };
    const answer = await request(url, { method: 'PUT', headers, body: Buffer.from(text), signal: AbortSignal.timeout(TIMEOUT_MS) }); // prettier-ignore
    await answer.body.dump();
    return answer.statusCode;
  } catch {
    throw new QuestionFailure(
      'The upload address gave no answer.',
      'See that this machine may reach Smokeball’s file storage.',
    );
  }
}
