import { randomBytes } from 'node:crypto';
import type { Firm } from '../../support/firm';
import { call } from '../../support/http';
import { samplePdf, type SampleFile } from '../../support/sample-pdf';
import { waitFor } from '../../support/wait-for';

/** One client, one matter, one approved document, that no other test has. */
export interface Intake {
  readonly matterId: string;
  readonly clientId: string;
  readonly uploadId: string;
  readonly email: string;
  readonly file: SampleFile;
}

export function newIntake(): Intake {
  const id = randomBytes(5).toString('hex');
  const email = `ana.${id}@example.com`;
  return { matterId: `mat_${id}`, clientId: `cli_${id}`, uploadId: `upl_${id}`, email, file: samplePdf(`${id}.pdf`) };
}

export function pictureOf(intake: Intake): object {
  return {
    title: `Intake ${intake.matterId}`,
    case_number: `CH-${intake.matterId}`,
    case_type: 'Divorce (Standard)',
    state: 'IL',
    clients: [{ id: intake.clientId, first_name: 'Ana', last_name: `Intake${intake.clientId}`, email: intake.email }],
  };
}

export function formOf({ uploadId, file }: Intake): FormData {
  const metadata = { upload_id: uploadId, file_name: file.name, content_type: 'application/pdf', status: 'approved' };
  const form = new FormData();
  form.append('metadata', JSON.stringify({ ...metadata, sha256: file.sha256 }));
  form.append('file', new Blob([new Uint8Array(file.bytes)], { type: 'application/pdf' }), file.name);
  return form;
}

/** What CaseHug does: sends the matter, then the document, each again (to the next address) until it is taken. */
export async function sendIntake(firm: Firm, intake: Intake, urls: readonly string[], limitMs = 30_000): Promise<void> {
  const headers = { 'x-api-key': firm.apiKey };
  let turn = 0;
  const untilTaken = async (what: string, send: (url: string) => ReturnType<typeof call>) =>
    await waitFor(
      what,
      async () => {
        const answer = await send(urls[turn++ % urls.length] ?? '');
        if (answer.status !== 202) throw new Error(`${answer.status} ${answer.text}`);
        return true;
      },
      { limitMs },
    );
  const path = `/api/v1/matters/${intake.matterId}`;
  await untilTaken(`taking ${intake.matterId}`, (url) =>
    call('PUT', `${url}${path}`, { headers, json: pictureOf(intake) }),
  );
  await untilTaken(`taking ${intake.uploadId}`, (url) =>
    call('POST', `${url}${path}/documents`, { headers, raw: formOf(intake) }),
  );
}
