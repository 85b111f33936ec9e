import { STATUS_CODES } from 'node:http';
import type { ShapeError } from './shape';

/** What an operation answers; the gateway turns `body` into JSON text (nulls left out, bigints bare). */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly contentType?: string;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function accepted(body: unknown): Answer {
  return { status: 202, body };
}

/** RFC 7807, with `errors` as an array of objects. */
export function problem(status: number, detail: string, errors: readonly ShapeError[] = []): Answer {
  const title = STATUS_CODES[status] ?? 'Error';
  const body = {
    type: `https://httpstatuses.io/${status}`,
    title,
    status,
    detail,
    errors: errors.length > 0 ? errors : undefined,
  };
  return { status, body, contentType: 'application/problem+json' };
}

export function badRequest(detail: string, errors: readonly ShapeError[] = []): Answer {
  return problem(400, detail, errors);
}

export function notFound(what: string, id: string): Answer {
  return problem(404, `${what} ${id} was not found.`);
}

/** A refusal as a gateway would word it: neither a problem document nor `errors`. */
export function plainRefusal({ status, body }: Answer): Answer {
  const { detail } = body as { readonly detail?: string };
  return { status, body: { message: detail } };
}

/** Thrown inside an operation to answer something else than success. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`refused with ${answer.status}`);
  }
}
