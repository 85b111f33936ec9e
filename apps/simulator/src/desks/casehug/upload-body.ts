import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FormError } from '../form-error';
import { formBody, jsonBody } from '../request-body';
import type { NewUpload } from './matter-book';
import { newId } from '../new-id';
import { samplePdf } from './sample-pdf';

const sample = z.object({
  sample: z.literal(true),
  file_name: z.string().trim().min(1).default('Sample document.pdf'),
});

/** The file of an upload: `multipart/form-data` with a part `file`, or JSON `{"sample": true, "file_name"?}` for a made-up PDF. */
export async function uploadBody(request: FastifyRequest, matterTitle: string): Promise<NewUpload> {
  const type = request.headers['content-type'] ?? '';
  return type.startsWith('multipart/form-data') ? uploadedFile(request) : sampleFile(request, matterTitle);
}

async function uploadedFile(request: FastifyRequest): Promise<NewUpload> {
  const file = (await formBody(request)).get('file');
  if (file === null || typeof file === 'string') throw new FormError('Choose a file first.');
  const contentType = file.type === '' ? 'application/octet-stream' : file.type;
  return { fileName: file.name, contentType, bytes: Buffer.from(await file.arrayBuffer()) };
}

function sampleFile(request: FastifyRequest, matterTitle: string): NewUpload {
  const read = sample.safeParse(jsonBody(request));
  if (!read.success) throw FormError.of(read.error);
  const name = read.data.file_name;
  const bytes = samplePdf([
    name,
    `Matter: ${matterTitle}`,
    'A sample document of the simulated CaseHug.',
    newId('doc'),
  ]);
  return { fileName: name, contentType: 'application/pdf', bytes };
}
