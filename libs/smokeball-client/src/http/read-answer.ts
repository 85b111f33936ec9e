import type { z } from 'zod';
import { absentNulls } from './absent-nulls';
import type { CallResult, SmokeballFailureCode } from './call-result';
import { parseLosslessJson } from './lossless-json';

/** Reads a 2xx body with its schema. An empty body counts as absent, which only some schemas allow. */
export function readAnswer<T>(body: Buffer, schema: z.ZodType<T>, status: number, requestId: string): CallResult<T> {
  const bad = (code: SmokeballFailureCode, detail: string): CallResult<T> => ({
    ok: false,
    failure: { kind: 'bad_answer', status, code, detail, sent: 'yes', requestId },
  });
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  let json: unknown;
  try {
    json = text.trim() === '' ? undefined : absentNulls(parseLosslessJson(text));
  } catch {
    return bad('unreadable', 'The answer is not JSON');
  }
  const read = schema.safeParse(json);
  if (read.success) return { ok: true, status, data: read.data, requestId };
  // Paths and codes only: the values are client data.
  const where = read.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.code}`);
  return bad('unexpected_shape', `The answer has an unexpected shape at ${where.join(', ')}`);
}
