import { createHash, randomBytes } from 'node:crypto';

export interface SampleFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** A small PDF that no other test has: its bytes hold a random comment. */
export function samplePdf(name = 'intake.pdf'): SampleFile {
  const bytes = Buffer.from(
    `%PDF-1.4\n% ${randomBytes(24).toString('hex')}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n` +
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\n' +
      'trailer<</Root 1 0 R>>\n%%EOF\n',
  );
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
